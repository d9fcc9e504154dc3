/* Numbers of the cells of Excel workbooks as text, by their formats. Interface: number_format.h. */
#include "corpus/sheet/number_format.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400
#define LAST_SERIAL 2958466 /* 9999-12-31 is the last day before it */
#define DAYS_TO_1970 25569  /* from 1899-12-30 */
#define DAYS_1900_TO_1904 1462
#define FALSE_LEAP_DAY 60     /* 1900-02-29, which never was; earlier serials are a day off */
#define SIGNIFICANT_DIGITS 15 /* that Excel keeps */
#define MAX_FRACTION 15

/* Which units the code shows. */
struct units {
    bool year, month, day, hour, minute, second, elapsed, percent;
    bool after_hour; /* m is minutes after h, months elsewhere */
    bool other;      /* something that is neither digits nor a unit */
    int n_integer, n_fraction;
    bool in_fraction;
};

/* The length of a literal that CODE starts with: "text", \x, _x, *x; 0: none. */
static size_t literal_length(const char *code)
{
    if (*code == '"') {
        const char *end = strchr(code + 1, '"');
        return end != NULL ? (size_t)(end - code) + 1 : strlen(code);
    }
    if (strchr("\\_*", *code) != NULL)
        return code[1] != '\0' ? 2 : 1;
    return 0;
}

/* [h], [mm], [ss] are times that run on; [$-411], [Red], [>0] say nothing here. */
static size_t read_bracket(const char *code, struct units *units)
{
    const char *end = strchr(code, ']');
    if (end == NULL)
        return strlen(code);
    char first = (char)tolower((unsigned char)code[1]);
    size_t n_same = 0;
    for (const char *at = code + 1; at < end; at++)
        n_same += tolower((unsigned char)*at) == first;
    if (strchr("hms", first) != NULL && first != '\0' && n_same == (size_t)(end - code) - 1)
        units->elapsed = units->hour = units->after_hour = true;
    return (size_t)(end - code) + 1;
}

static void read_unit(char unit, char next, struct units *units)
{
    switch (unit) {
    case 'y':
    case 'g':
        units->year = true;
        break;
    case 'e':
        if (next == '+' || next == '-')
            units->other = true; /* an exponent */
        else
            units->year = true;
        break;
    case 'd':
    case 'a':
        units->day = true;
        break;
    case 'm':
        *(units->after_hour ? &units->minute : &units->month) = true;
        break;
    case 'h':
        units->hour = units->after_hour = true;
        break;
    case 's':
        units->second = true;
        break;
    case '%':
        units->percent = true;
        break;
    case '.':
        units->in_fraction = true;
        break;
    case '0':
        units->n_fraction += units->in_fraction;
        units->n_integer += !units->in_fraction;
        break;
    default:
        units->other = units->other || strchr("#?/", unit) != NULL;
    }
}

struct number_format number_format_read(const char *code)
{
    struct units u = {0};
    struct number_format format = {NUMBER_PLAIN, 0, -1};
    if (strncasecmp(code, "general", 7) == 0)
        return format;
    while (*code != '\0' && *code != ';') {
        size_t n = literal_length(code);
        if (n == 0 && *code == '[')
            n = read_bracket(code, &u);
        if (n == 0 && strncasecmp(code, "am/pm", 5) == 0)
            n = 5;
        if (n > 0) {
            code += n;
            continue;
        }
        read_unit((char)tolower((unsigned char)*code), code[1], &u);
        code++;
    }
    bool time = u.hour || u.minute || u.second;
    if (u.elapsed)
        format.kind = NUMBER_ELAPSED;
    else if (u.year || u.month || u.day)
        format.kind = time      ? NUMBER_DATE_TIME
                      : u.day   ? NUMBER_DATE
                      : u.month ? NUMBER_MONTH
                                : NUMBER_YEAR;
    else if (time)
        format.kind = NUMBER_TIME;
    else if (u.percent)
        format.kind = NUMBER_PERCENT;
    bool fixed = (format.kind == NUMBER_PLAIN || format.kind == NUMBER_PERCENT) && !u.other;
    if (fixed && u.n_integer > 0) {
        format.n_integer = u.n_integer;
        format.n_fraction = u.n_fraction < MAX_FRACTION ? u.n_fraction : MAX_FRACTION;
    }
    return format;
}

struct number_format number_format_builtin(unsigned long id)
{
    static const struct {
        unsigned long first, last;
        const char *code;
    } codes[] = {
        {1, 1, "0"},
        {2, 2, "0.00"},
        {9, 9, "0%"},
        {10, 10, "0.00%"},
        {14, 17, "yyyy/m/d"},
        {18, 21, "h:mm"},
        {22, 22, "yyyy/m/d h:mm"},
        {27, 31, "yyyy/m/d"},
        {32, 33, "h:mm"},
        {34, 34, "yyyy/m"},
        {35, 36, "yyyy/m/d"},
        {45, 45, "h:mm"},
        {46, 46, "[h]:mm"},
        {47, 47, "h:mm"},
        {50, 50, "yyyy/m/d"},
        {51, 51, "yyyy/m/d"},
        {52, 52, "yyyy/m"},
        {53, 54, "yyyy/m/d"},
        {55, 55, "yyyy/m"},
        {56, 58, "yyyy/m/d"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i].first <= id && id <= codes[i].last)
            return number_format_read(codes[i].code);
    return number_format_read("General");
}

/* Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms": the civil date of a day counted
 * from 1970-01-01. */
static void civil_from_days(long days, long *year, long *month, long *day)
{
    long z = days + 719468;
    long era = (z >= 0 ? z : z - 146096) / 146097;
    long of_era = z - era * 146097;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted = (5 * of_year + 2) / 153;
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static void append_date(struct buf *out, long serial, enum number_kind kind, bool since_1904)
{
    long year = 1900, month = 2, day = 29;
    long days = serial - DAYS_TO_1970; /* from 1970-01-01 */
    if (since_1904)
        days += DAYS_1900_TO_1904;
    else if (serial < FALSE_LEAP_DAY)
        days++;
    if (since_1904 || serial != FALSE_LEAP_DAY)
        civil_from_days(days, &year, &month, &day);
    buf_addf(out, "%04ld", year);
    if (kind != NUMBER_YEAR)
        buf_addf(out, "-%02ld", month);
    if (kind != NUMBER_YEAR && kind != NUMBER_MONTH)
        buf_addf(out, "-%02ld", day);
}

static void append_time(struct buf *out, long seconds)
{
    buf_addf(out, "%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0)
        buf_addf(out, ":%02ld", seconds % 60);
}

static bool append_moment(struct buf *out, double value, enum number_kind kind, bool since_1904)
{
    if (!(value >= 0 && value < LAST_SERIAL))
        return false;
    double days = floor(value);
    long serial = (long)days;
    long seconds = lround((value - days) * DAY_SECONDS);
    if (seconds == DAY_SECONDS) {
        serial++;
        seconds = 0;
    }
    if (kind == NUMBER_ELAPSED)
        seconds += serial * DAY_SECONDS;
    bool date = kind != NUMBER_TIME && kind != NUMBER_ELAPSED;
    if (date)
        append_date(out, serial, kind, since_1904);
    if (kind == NUMBER_DATE_TIME)
        buf_addc(out, ' ');
    if (kind == NUMBER_DATE_TIME || !date)
        append_time(out, seconds);
    return true;
}

static void append_plain(struct buf *out, double value, struct number_format format)
{
    char text[400]; /* the longest double has 309 digits before the point */
    double shown = format.kind == NUMBER_PERCENT ? value * 100 : value;
    if (format.n_fraction < 0) {
        snprintf(text, sizeof text, "%.*g", SIGNIFICANT_DIGITS, shown);
        if (fabs(shown) < 1e15 && strchr(text, 'e') != NULL && fabs(shown) >= 1)
            snprintf(text, sizeof text, "%.0f", shown);
    } else {
        int width = format.n_integer + (format.n_fraction > 0 ? format.n_fraction + 1 : 0);
        snprintf(text, sizeof text, "%0*.*f", width + (shown < 0), format.n_fraction, shown);
    }
    buf_adds(out, text);
    if (format.kind == NUMBER_PERCENT)
        buf_addc(out, '%');
}

void number_append(struct buf *out, const char *text, size_t n_bytes, struct number_format format,
                   bool since_1904)
{
    char copy[64] = "";
    char *end = copy;
    double value = 0;
    if (n_bytes < sizeof copy) {
        memcpy(copy, text, n_bytes);
        copy[n_bytes] = '\0';
        value = strtod(copy, &end);
    }
    bool number = end > copy && *end == '\0' && isfinite(value);
    if (number && (format.kind == NUMBER_PLAIN || format.kind == NUMBER_PERCENT)) {
        append_plain(out, value, format);
        return;
    }
    if (!number || !append_moment(out, value, format.kind, since_1904))
        buf_append(out, text, n_bytes);
}
