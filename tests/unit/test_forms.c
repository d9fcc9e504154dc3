/* Form sheets: one measure each, labels beside or above their values. */
#include "tests/unit/read_table.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <string.h>

#define SHEET                                                                                                        \
    "令和5年度 事業評価シート,,,\n事業名,見守り,担当課,福祉課\n目的,孤立を防ぐ。,,\n" \
    "対象,ひとり暮らしの人,,\n"
#define SHEET_RECORD "|令和5年度|見守り|【目的】/孤立を防ぐ。|担当課=福祉課|対象=ひとり暮らしの人\n"

START_TEST(labels_before_values)
{
    check(SHEET, NULL, "2|" SHEET_RECORD, "");
    /* Numbers, marks, brackets and colons around labels; a value behind its colon. */
    check("１．事 業 名,見守り\n(2)【担当課】,福祉課\n③ 目的：,孤立を防ぐ。\n■対象：市民,\n", NULL,
          "1|||見守り|【目的】/孤立を防ぐ。|担当課=福祉課|対象=市民\n", "");
    /* Labels that are not known, where labels stand; values that have names of labels. */
    check("事業名,見守り,記入者,山田\n担当課,福祉課,確認者,佐藤\n区分,対象,,\n期間,R5,から,R7\n",
          NULL, "1||R5 から R7|見守り||記入者=山田|担当課=福祉課|確認者=佐藤|区分=対象\n", "");
    check("事業名,見守り,担当課,福祉課\n区分,施策\n種別,事業\n目的,守る。\n対象,市民\n", NULL,
          "1|||見守り|【目的】/守る。|担当課=福祉課|区分=施策|種別=事業|対象=市民\n", "");
    /* Labels without values; 項 is no number. */
    check("事業名,見守り,担当課,福祉課\n電話,,内線,12\n会計,一般,項,2\n目的,,,\n課題,人手,,\n",
          NULL, "1|||見守り||担当課=福祉課|内線=12|会計=一般 項 2|課題=人手\n", "");
    /* The rest of a text in rows of its own; long values are texts. */
    check("事業名,見守り\n担当課,福祉課\n手段,民生委員が訪問する。\n,配食の際に声をかける\n"
          "備考,一人で暮らす人の家を月に一度は訪ねる予定\n",
          NULL,
          "1|||見守り|【手段】/民生委員が訪問する。/配食の際に声をかける/【備考】/"
          "一人で暮らす人の家を月に一度は訪ねる予定|担当課=福祉課\n",
          "");
    /* Label and value in one cell; a name that is wrapped. */
    check(
        "\"事業名\n高齢者の見守り\",\"担当\n課\",福祉課\n\"目的\n守る。\"\n\"対象\n市民の皆さん\"\n"
        "\"予算\nの状\n況\",良い\n",
        NULL,
        "1|||高齢者の見守り|【目的】/守る。|担当課=福祉課|対象=市民の皆さん|予算の状況=良い\n", "");
    /* Labels in a column where others seem to be, though one has more behind it. */
    check("事業名,見守り,部局庁,老健局,責任者,\n担当課,福祉課,作った人,佐藤,,\n電話,12,受け持ち,"
          "山田,,\n目的,守る。,,,,\n",
          NULL,
          "1|||見守り|【目的】/守る。|部局庁=老健局|"
          "担当課=福祉課|作った人=佐藤|電話=12|受け持ち=山田\n",
          "");
    /* No label of a title is known. */
    check("活動の呼び名,見守り\n担当課,福祉課\n目的,守る\n対象,市民\n電話,12\n課題,人手\n", NULL,
          "2|||見守り|【目的】/守る|担当課=福祉課|対象=市民|電話=12|課題=人手\n",
          "2:a form sheet without a known label of its title; '活動の呼び名' is it\n");
    check("人件費,1\n事業費,2\n国庫支出金,3\n一般財源,4\n地方債,5\n", NULL,
          "1|||人件費||2=1\n2|||事業費||2=2\n3|||国庫支出金||2=3\n4|||一般財源||2=4\n5|||地方債||2="
          "5\n",
          "1:no heading line; by what they hold, title is '1'; see --columns\n");
    /* What the measure is part of is not its title. */
    check("施策名,福祉\n事業名,見守り\n担当課,福祉課\n電話,12\n", NULL,
          "1|||見守り|【施策名】/福祉|担当課=福祉課|電話=12\n", "");
}
END_TEST

START_TEST(labels_above_values)
{
    check("調書\n事業名\n見守り\n担当課\n福祉課\n目的\n孤立を防ぐ。\n早く気づく。\n", NULL,
          "2|||見守り|【目的】/孤立を防ぐ。/早く気づく。|担当課=福祉課\n", "");
    /* Values behind colons, of labels that are not known too. */
    check("事業名：見守り,\n担当課：福祉課,\n場　所：公民館,\n目的：守る,\n■利用,\n（注：なし）,\n",
          NULL, "1|||見守り|【目的】/守る|担当課=福祉課|場　所=公民館|利用=（注：なし）\n", "");
    check("事業名,担当課,開始年度\n見守り,福祉課,令和3年度\n目的\n孤立を防ぐ。\n内容\n訪問する。\n"
          "根拠法令,要綱\n",
          NULL,
          "1||令和3年度|見守り|【目的】/孤立を防ぐ。/【内容】/訪問する。|担当課=福祉課|"
          "根拠法令=要綱\n",
          "");
}
END_TEST

START_TEST(tables_in_forms)
{
    check(
        "事業名,見守り,,\n担当課,福祉課,,\n指標,単位,令和4年度,令和5年度\n訪問,件,10,12\n,人,3,4\n"
        "満足度,,-,80\n今後の方向性,拡充,,\n",
        NULL,
        "1|||見守り||担当課=福祉課|今後の方向性=拡充|訪問=単位 件、令和4年度 10、令和5年度 12\n"
        "単位 人、令和4年度 3、令和5年度 4|満足度=令和4年度 -、令和5年度 80\n",
        "");
    check("事業名,見守り,,,\n担当課,福祉課,,,\n目標,,,,\n,R4,,R5,\n,目標,実績,目標,実績\n訪問,1,2,"
          "3,4\n"
          "目的,守る。,,,\n",
          NULL,
          "1|||見守り|【目的】/守る。|担当課=福祉課|訪問=R4 目標 1、R4 実績 2、R5 目標 3、"
          "R5 実績 4\n",
          "");
    check("事業名,見守り,\n担当課,福祉課,\n目的,守る。,\n評価項目,評価,理由\n必要性,A,要る\n効果,B,"
          "ある\n",
          NULL,
          "1|||見守り|【目的】/守る。/【評価項目】/評価項目 必要性、評価 A、理由 要る/評価項目 "
          "効果、評価 B、理由 "
          "ある|担当課=福祉課\n",
          "");
    check("施策名,福祉,\n主管課,福祉課,\n目的,守る。,\n構成事業,,\n事業名,事業費,評価\n見守り,10,"
          "A\n配食,"
          "20,B\n課題,人手,\n",
          NULL,
          "1|||福祉|【目的】/守る。/【構成事業】/事業名 見守り、事業費 10、評価 A/事業名 "
          "配食、事業費 20、"
          "評価 B|主管課=福祉課|課題=人手\n",
          "");
}
END_TEST

START_TEST(no_tables_in_forms)
{
    /* Pairs with years and amounts below each other. */
    check("施設名,公民館,所管課,甲課\n所在地,南町1,建築年,1985年\n利用の数,120人,開館の数,"
          "300日\n課題,直す。,,\n",
          NULL,
          "1|||公民館|【課題】/"
          "直す。|所管課=甲課|所在地=南町1|建築年=1985年|利用の数=120人|開館の数=300日\n",
          "");
    /* A list before there are labels enough. */
    check("事業名,見守り,担当課,福祉課\n評価項目,評価,理由,\n公益性,A,広い,\n必要性,B,要る,\n目的,"
          "守る。,,\n対象,市民,,\n"
          "課題,人手,,\n",
          NULL,
          "1|||見守り|【目的】/守る。/【評価項目】/評価項目 公益性、評価 A、理由 広い/評価項目 "
          "必要性、評価 B、理由 要る|"
          "担当課=福祉課|対象=市民|課題=人手\n",
          "");
    /* Words in years, below amounts. */
    check("事業名,移住,,\n担当課,企画課,,\n計画,令和6年度,令和7年度,令和8年度\n事業費,1,2,"
          "3\n実施内容,相談,整備,整備\n"
          "目的,増やす。,,\n",
          NULL,
          "1|||移住|【目的】/増やす。/【実施内容】/令和6年度 相談、令和7年度 整備、令和8年度 "
          "整備|担当課=企画課|"
          "事業費=令和6年度 1、令和7年度 2、令和8年度 3\n",
          "");
}
END_TEST

START_TEST(several_forms)
{
    check(SHEET "\n" SHEET, NULL, "2|" SHEET_RECORD "7|" SHEET_RECORD, "");
    /* One that is not filled in. */
    check(SHEET "令和5年度 事業評価シート,,,\n事業名,,担当課,\n目的,,,\n対象,,,\n", NULL,
          "2|" SHEET_RECORD, "6:a form sheet that is not filled in\n");
    check("様式\n事業名,,担当課,\n目的,,,\n対象,,,\n", NULL, "",
          "1:a form sheet that is not filled in\n");
    check("事業番号,,電話,\n担当課,,,\n施策名,福祉,,\n目的,守る。,,\n対象,市民,,\n", NULL,
          "3|||福祉|【目的】/守る。|対象=市民\n", "");
    check("番号,取組,担当課\n件名,概要,\n1,a,b\n", NULL, "3|||1|a|3=b\n", "");
    /* A table below, of a form with two labels too. */
    check("施策名,福祉,担当課,福祉課\n方向性,支え合い。,,\n\n番号,取組名,取組内容,令和5年度実績\n"
          "1,見守り,訪ねる,9\n※注,,,\n",
          NULL,
          "1|||福祉|【方向性】/支え合い。|担当課=福祉課\n5|1||見守り|訪ねる|令和5年度実績=9\n",
          "6:a note on the table\n");
    check("計画名,環境計画\n担当課,環境課\n計画期間,R4～R8\n\n番号,事業名,概要\n1,清掃,川を\n2,"
          "植樹,木を\n"
          "合計,,\n",
          NULL, "1||R4～R8|環境計画||担当課=環境課\n6|1||清掃|川を\n7|2||植樹|木を\n",
          "8:a row of one cell, a heading or a note\n");
}
END_TEST

START_TEST(turned_tables)
{
    check("表\n事業名,甲,乙,丙\n担当課,A,B,C\n目的,x,y,\n予算額,1,2,3\n", NULL,
          "2|||甲|x|担当課=A|予算額=1\n2|||乙|y|担当課=B|予算額=2\n2|||丙||担当課=C|予算額=3\n",
          "");
    check("番号,1,2,3,4,5\n事業名,甲,乙,丙,丁,戊\n担当課,A,B,C,D,E\n目的,x,y,z,x,y\n※ 注,,,,,\n",
          NULL,
          "2|1||甲|x|担当課=A\n2|2||乙|y|担当課=B\n2|3||丙|z|担当課=C\n2|4||丁|x|担当課=D\n"
          "2|5||戊|y|担当課=E\n",
          "5:a row of one cell, a heading or a note\n");
}
END_TEST

START_TEST(turned_without_title)
{
    check(
        "区分,事業A,事業B\n目的,支える,守る\n対象,市民,農家\n予算額,1,2\n担当課,甲,乙\n課題,x,y\n",
        NULL,
        "1|||事業A|支える|対象=市民|予算額=1|担当課=甲|課題=x\n"
        "1|||事業B|守る|対象=農家|予算額=2|担当課=乙|課題=y\n",
        "");
}
END_TEST

/* Tables whose cells are names of columns, or that have some in their first rows. */
START_TEST(no_forms)
{
    check("項目名,説明,形式\n番号,通し番号,数\n名称,施設の名称,字\n住所,場所,字\n", NULL,
          "2|||番号|通し番号|形式=数\n4|||住所|場所|字=字\n", "");
    check("費目,区分,金額\n人件費,直接,1\n事業費,直接,2\n施策,間接,3\n予算額,間接,4\n", NULL,
          "2|||人件費|直接|金額=1\n3|||事業費|直接|金額=2\n4|||施策|間接|金額=3\n"
          "5|||予算額|間接|金額=4\n",
          "1:no usual names of columns; by what they hold, title is '費目' and body '区分'; see "
          "--columns\n");
    check("事業,金額\n人件費,1\n事業費,2\n市債,3\n道路,4\n", NULL,
          "2|||人件費||金額=1\n3|||事業費||金額=2\n4|||市債||金額=3\n5|||道路||金額=4\n", "");
    check("番号,分野,事業名,所管\n1,福祉,見守り,A\n2,教育,読書,B\n", NULL,
          "2|1||見守り||分野=福祉|所管=A\n3|2||読書||分野=教育|所管=B\n", "");
    check("データ,意味,形\n番号,通し,数\n名称,名,字\n住所,場,字\n備考,他,字\n", NULL,
          "1|||データ|意味|3=形\n2|||番号|通し|3=数\n3|||名称|名|3=字\n4|||住所|場|3=字\n5|||備考|"
          "他|3=字\n",
          "1:no heading line; by what they hold, title is '1' and body '2'; see --columns\n");
    check("項目名,意味\n番号,通し\n名称,名\n住所,場\n備考,他\n", NULL,
          "2|||番号||意味=通し\n3|||名称||意味=名\n4|||住所||意味=場\n5|||備考||意味=他\n", "");
    check("担当課,環境課\n電話,12\n\n番号,事業名,概要\n1,清掃,川を\n2,植樹,木を\n", NULL,
          "5|1||清掃|川を\n6|2||植樹|木を\n",
          "1:a row above the heading line\n2:a row above the heading line\n");
}
END_TEST

START_TEST(told_what_they_are)
{
    /* A form by names that the user gives, and whatever its labels. */
    check("しごと,見守り\nねらい,守る\n担当課,福祉課\n電話,12\n対象,市民\n",
          "title=しごと,body=ねらい",
          "1|||見守り|【ねらい】/守る|担当課=福祉課|電話=12|対象=市民\n", "");
    check("しごと,見守り\nねらい,守る\n", "form,title=しごと,body=ねらい",
          "1|||見守り|【ねらい】/守る\n", "");
    check("調書\nしごと,見守り\nねらい,守る\n", "form", "1|||調書||しごと=見守り|ねらい=守る\n",
          "1:a form sheet without a label of its title; the line above is it\n");
    check("事業名,見守り\n担当課,福祉課\n電話,12\n対象,市民\n", "table",
          "2|||担当課||見守り=福祉課\n3|||電話||見守り=12\n4|||対象||見守り=市民\n", "");
    check("課,計画\nx,t\n", "table,title=計画", "2|||t||課=x\n", "");
    check("x,t\n", "table,id,title", "1|x||t|\n", "");
    ck_assert_int_eq(read_text("a,b\n", "form,id,date"), ST_USAGE);
}
END_TEST

/* What is too long for a form is cut, and what is too wide or too large is none. */
START_TEST(limits)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, SHEET);
    for (int i = 0; i < 2500; i++)
        buf_adds(&text, "備考,長い\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    ck_assert_uint_eq(outcome.n_records, 2);
    ck_assert_ptr_nonnull(strstr(outcome.problems.data, "a form of too many rows"));
    buf_clear(&text);
    buf_adds(&text, SHEET "事業名");
    for (int i = 0; i < 2000; i++)
        buf_addf(&text, ",x%d", i);
    buf_adds(&text, "\n" SHEET);
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    buf_clear(&text);
    for (int i = 0; i < 1500; i++)
        buf_addf(&text, "欄%d,値\n", i);
    buf_adds(&text, SHEET);
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    buf_clear(&text);
    buf_adds(&text, SHEET);
    for (int i = 0; i < 1500; i++)
        buf_addf(&text, "欄%d,値,欄の%d,値\n", i, i);
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    ck_assert_uint_eq(outcome.n_records, 1);
    ck_assert_ptr_nonnull(strstr(outcome.records.data, "値"));
    buf_release(&text);
}
END_TEST

TCase *form_tests(void)
{
    TCase *tests = tcase_create("forms");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, read_table_set_up, read_table_tear_down);
    tcase_add_test(tests, labels_before_values);
    tcase_add_test(tests, labels_above_values);
    tcase_add_test(tests, tables_in_forms);
    tcase_add_test(tests, no_tables_in_forms);
    tcase_add_test(tests, several_forms);
    tcase_add_test(tests, turned_tables);
    tcase_add_test(tests, turned_without_title);
    tcase_add_test(tests, no_forms);
    tcase_add_test(tests, told_what_they_are);
    tcase_add_test(tests, limits);
    return tests;
}
