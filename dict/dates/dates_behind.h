/* What may stand behind a written date without being part of it: weekday, time of day, remarks.
 * Shared by the dates*.c files. */
#ifndef HIKU_DICT_DATES_DATES_BEHIND_H
#define HIKU_DICT_DATES_DATES_BEHIND_H

#include "dict/dates/dates_cursor.h"

#include <stdbool.h>

/* Each moves behind what it knows, or does not move. */

/* 頃, ごろ: about then. Takes nothing away and adds nothing. */
void date_skip_about(struct date_cursor *c);

/* （水）, (水曜日), （月・祝）, 水曜日. */
void date_skip_weekday(struct date_cursor *c);

/* 10:30, T10:30:00+09:00, 午前10時, 午後1時30分～3時. */
void date_skip_time(struct date_cursor *c);

/* 現在, 時点, 付け, 予定, （予定）, 中, 内, 通年: what does not change the days. */
void date_skip_remark(struct date_cursor *c);

/* The sign between the ends of a period, after white space: ～ and its like, から; a hyphen where
 * HYPHEN says that it can be no part of a date. */
bool date_accept_period_sign(struct date_cursor *c, bool hyphen);

/* 以降, 以後: from then on. */
bool date_accept_onwards(struct date_cursor *c);

/* まで, 以前: until then. */
bool date_accept_until(struct date_cursor *c);

#endif
