/* Which column of a table is what: heading lines, names, positions, guesses. */
#include "tests/unit/read_table.h"
#include "tests/unit/suites.h"

#include <string.h>

START_TEST(headings)
{
    check("№,年 月 日,取　組,目的,概要,担当課\n1,d,t,a,b,c\n", NULL, "2|1|d|t|a/b|担当課=c\n", "");
    check("ＮＯ．,事業名,取組内容\n1,a,b\n", NULL, "2|1||a|b\n", "");
    check("題\n令和5年,単位\n題名,内容\na,b\n題\n題 名,内容\nc,d\n", NULL, "4|||a|b\n7|||c|d\n",
          "2:a row above the heading line\n");
    check("title,body\na,b\nbody,title\nc,d\n", NULL, "2|||a|b\n4|||d|c\n", "");
    check("題,,\nid,title,body\n1,a,b\n題,,\nid,title,body\n2,c,d\n題\n", NULL,
          "3|1||a|b\n6|2||c|d\n", "7:a line that is not cut into cells\n");
    check("件名,概要\na,b\n番号,件名,概要\n1,c,d\n番号,x,y\n", NULL,
          "2|||a|b\n4|1||c|d\n5|番号||x|y\n", "");
    check(",title,body\n0,a,b\n", NULL, "2|0||a|b\n", "");
    check(",title,body\nx,a,b\n", NULL, "2|||a|b|1=x\n", "");
    check("title,body\n", NULL, "", "");
}
END_TEST

START_TEST(headings_of_two_rows)
{
    /* Groups above names; the names without a group stand in the upper row alone. */
    check("番号,取組,,予算,,担当課\n,件名,概要,当初,補正,\n1,a,b,2,3,c\n", NULL,
          "3|1||a|b|予算 当初=2|予算 補正=3|担当課=c\n", "");
    /* The upper row alone names nothing. */
    check("題\n№,令和元年度,,備考\n,施策名,内 容,\n1,a,b,c\n", NULL, "4|1||a|b|備考=c\n", "");
    /* A name of both rows goes before the lower one's, and that before the group's. */
    check("事業,,課\n名称,予算額,\na,b,c\n", NULL, "3|||a||事業 予算額=b|課=c\n", "");
    check("番号,期間,,概要,\n,開始,終了,対象,方法\n1,R1,R2,a,b\n", NULL,
          "3|1|R1||概要 対象：a/概要 方法：b|期間 終了=R2\n", "");
    check("事業名,R4,,R5,\n,目標,実績,目標,実績\na,1,2,3,4\n", NULL,
          "3|||a|R4 実績：2/R5 実績：4|R4 目標=1|R5 目標=3\n", "");
    check("事業名,実績,\n,令和3年度,令和4年度\na,120,\nb,<!-- -->,配った\n", NULL,
          "3|||a|実績 令和3年度：120\n4|||b|実績 令和4年度：配った\n", "");
    /* Units below names; a row of data with a note. */
    check("番号,件名,予算,人数\n,,（千円）,（人）\n1,a,2,3\n", NULL,
          "3|1||a||予算 （千円）=2|人数 （人）=3\n", "");
    check("番号,件名,予算,人数\n,(仮称),(千円),3\n", NULL, "2|||(仮称)||予算=(千円)|人数=3\n", "");
    check("件名,概要\n（注）,（案）\n", NULL, "2|||（注）|（案）\n", "");
    /* Both rows again. */
    check("番号,取組,,課\n,件名,概要,\n1,a,b,c\n番号,取組,,課\n,件名,概要,\n2,d,e,f\n", NULL,
          "3|1||a|b|課=c\n6|2||d|e|課=f\n", "");
    /* Another heading of two rows below. */
    check("番号,件名,概要\n1,a,b\n番号,取組,,課\n,件名,概要,\n2,c,d,e\n", NULL,
          "2|1||a|b\n5|2||c|d|課=e\n", "");
    /* Rows of data below a heading with empty names. */
    check("番号,件名,,概要\n1,a,x,b\n", NULL, "2|1||a|b|3=x\n", "");
    check("件名,,概要,\n窓,甲,戸,乙\n", NULL, "2|||窓|戸|2=甲|4=乙\n", "");
    /* By names that the user gives, of either row or of both. */
    check("番号,取組,,課\n,名,ねらい,\n1,a,b,c\n", "title=名,body=取組ねらい", "3|1||a|b|課=c\n",
          "");
    check("番号,取組,,課\n,件名,概要,\n1,a,b,c\n", "id,title,body,担当", "3|1||a|b|担当=c\n", "");
}
END_TEST

#define GUESSED ":no usual names of columns; by what they hold, title is "
#define HEADLESS ":no heading line; by what they hold, title is "
#define SEE "; see --columns\n"

#define THREE "番号,取組,,予算,,,課\n,,,当初,,計,\n,件名,概要,国,市,,\n"
#define THREE_OTHERS "予算 当初 国=1|予算 当初 市=2|予算 計=3|課=x\n"

START_TEST(headings_of_three_rows)
{
    check("題\n" THREE "1,a,b,1,2,3,x\n,,続き\n" THREE "2,c,d,1,2,3,x\n", NULL,
          "5|1||a|b/続き|" THREE_OTHERS "10|2||c|d|" THREE_OTHERS, "");
    /* Cells over several rows stand in each of them, those over several columns too. */
    check("番号,取組,取組,予算,予算,予算,課\n番号,取組,取組,当初,当初,計,課\n"
          "番号,件名,概要,国,市,計,課\n1,a,b,1,2,3,x\n",
          NULL, "4|1||a|b|予算 当初 国=1|予算 当初 市=2|予算 計=3|課=x\n", "");
    /* Below a wide row, below another heading, and alone. */
    check("甲,乙,,丙\n" THREE "1,a,b,1,2,3,x\n", NULL, "5|1||a|b|" THREE_OTHERS,
          "1:a row above the heading line\n");
    check("番号,件名,概要\n1,a,b\n" THREE "2,c,d,1,2,3,x\n", NULL,
          "2|1||a|b\n6|2||c|d|" THREE_OTHERS, "");
    check(THREE, NULL, "", "");
    /* By names that the user gives, and by position. */
    check("№,甲,,乙,\n,丙,,丁,戊\n,名,訳,,\n1,a,b,2,3\n", "title=名,body=甲丙訳",
          "4|1||a|b|乙 丁=2|乙 戊=3\n", "");
    check(THREE "1,a,b,1,2,3,x\n" THREE, "id,title,body,-,-,-,担当", "4|1||a|b|担当=x\n", "");
    /* Where no name is known. */
    check("№,区分,,,,備考\n,甲,,乙,,\n,園,紹介,面積,人,\n1,石津浜,松林と遊歩道,3,4,x\n2,元焼津,"
          "神社の隣,5,6,\n",
          NULL,
          "4|1||石津浜|松林と遊歩道|区分 乙 面積=3|区分 乙 人=4|備考=x\n"
          "5|2||元焼津|神社の隣|区分 乙 面積=5|区分 乙 人=6\n",
          "1" GUESSED "'区分 甲 園' and body '区分 甲 紹介'" SEE);
    /* A heading of two rows above rows of words. */
    check("番号,取組,,課,\n,件名,概要,名,係\n,a,b,c,d\n,e,f,g,h\n", NULL,
          "3|||a|b|課 名=c|課 係=d\n4|||e|f|課 名=g|課 係=h\n", "");
    check("取組,,課,\n件名,概要,名,係\n", NULL, "", "");
    /* A row that waited for nothing. */
    check("番号,件名,,,概要\n,甲,,乙,\n", NULL, "2|||甲||4=乙\n", "");
    check("番号,件名,,,概要\n,甲,,乙,\n1,a,,x,b\n", NULL, "2|||甲||4=乙\n3|1||a|b|4=x\n", "");
}
END_TEST

START_TEST(dates_over_several_columns)
{
    check("番号,件名,年,月,日\n1,a,2020,4,1\n2,b,令和2年,５月,\n3,c,R元,-,―\n4,d,,,\n5,e,,4,1\n",
          NULL,
          "2|1|2020年4月1日|a||年=2020|月=4|日=1\n3|2|令和2年５月|b||年=令和2年|月=５月\n"
          "4|3|R元年|c||年=R元|月=-|日=―\n5|4||d|\n6|5|4月1日|e||月=4|日=1\n",
          "");
    /* An era alone is no date. */
    check("元号,年,月,日,件名\n令和,2,4,1,a\n令和,,,,b\n〃,3,5,1,c\n", NULL,
          "2||令和2年4月1日|a||元号=令和|年=2|月=4|日=1\n3|||b||元号=令和\n"
          "4||令和3年5月1日|c||元号=令和|年=3|月=5|日=1\n",
          "");
    check("年度,月,件名\n令和2,3,a\n2020,通年,b\n", NULL,
          "2||令和2年度3月|a||年度=令和2|月=3\n3||2020年度通年|b||年度=2020|月=通年\n", "");
    check("開催年(西暦),開催月,開催日,件名\n2020,4,1,a\n", NULL,
          "2||2020年4月1日|a||開催年(西暦)=2020|開催月=4|開催日=1\n", "");
    /* Under one group; of two groups, the first. */
    check("番号,開始年月日,,終了,,件名\n,年,月,年,月,\n1,2020,4,2021,3,a\n", NULL,
          "3|1|2020年4月|a||開始年月日 年=2020|開始年月日 月=4|終了 年=2021|終了 月=3\n", "");
    check("x,甲,,乙,,件名\n,号,年,月,日,\n1,2,2020,4,1,a\n", NULL,
          "3|||a||x=1|甲 号=2|甲 年=2020|乙 月=4|乙 日=1\n", "");
    /* Not beside a date as a whole, apart from each other, or of a week. */
    check("年,月,件名,公表日\n2020,4,a,R3.1.1\n", NULL, "2||R3.1.1|a||年=2020|月=4\n", "");
    check("年,件名,月\n2020,a,4\n", NULL, "2|||a||年=2020|月=4\n", "");
    check("件名,年,月,火\na,3,休,開\n", NULL, "2|||a||年=3|月=休|火=開\n", "");
}
END_TEST

/* What is merged over the parts of a date; what is no part is left out. */
START_TEST(dates_under_one_name)
{
    check("実施日,,,件名\n令和2,4,1,a\nR2年,４月,２日,b\n2020-4-1,(水),,c\n2,4,1,d\n令和2年4月,休,,"
          "e\n,4,1,f\n",
          NULL,
          "2||令和2年4月1日|a||2=4|3=1\n3||R2年４月２日|b||2=４月|3=２日\n"
          "4||2020-4-1|c||2=(水)\n5||2年4月1日|d||2=4|3=1\n6||令和2年4月|e||2=休\n"
          "7|||f||2=4|3=1\n",
          "");
    check("日付,日付,日付,日付,件名\n令和,2,4,1,a\n平成,元,5,,b\n", NULL,
          "2||令和2年4月1日|a||日付=2|日付=4|日付=1\n3||平成元年5月|b||日付=元|日付=5\n", "");
    check("期間,,,件名\nR2.4.1,～,R3.3.31,a\nR2.4.1,から,,b\nR2.4.1,－,8,c\n", NULL,
          "2||R2.4.1～R3.3.31|a||2=～|3=R3.3.31\n3||R2.4.1から|b||2=から\n"
          "4||R2.4.1|c||2=－|3=8\n",
          "");
    check("年度,,件名\n2020,3,a\n", NULL, "2||2020|a||2=3\n", "");
    /* By position and by a name that the user gives. */
    check("2020,4,a\n", "年,月,title", "1||2020年4月|a||年=2020|月=4\n", "");
    check("年,月,件名,いつ\n2020,4,a,R3.1.1\n", "date=いつ", "2||R3.1.1|a||年=2020|月=4\n", "");
    /* Where nothing else is known. */
    check("園,年,月,面積\n石津浜,2020,4,32\n元焼津,2021,5,11\n", NULL,
          "2||2020年4月|石津浜||年=2020|月=4|面積=32\n"
          "3||2021年5月|元焼津||年=2021|月=5|面積=11\n",
          "1:no usual names of columns; by what they hold, title is '園'; see --columns\n");
}
END_TEST

/* The year is that of the title, or of the last row of one cell. */
START_TEST(dates_without_year)
{
    check("令和5年度 行事予定,,,\n月,日,曜日,行事名\n4,7,金,a\n２,3,土,b\n令和6年度,,,\n4,8,月,c\n",
          NULL,
          "3||令和5年度4月7日|a||月=4|日=7|曜日=金\n4||令和5年度２月3日|b||月=２|日=3|曜日=土\n"
          "6||令和6年度4月8日|c||月=4|日=8|曜日=月\n",
          "5:a row of one cell, a heading or a note\n");
    check("2023年の催し\n月日,件名\n6/5,a\n６／７（水）,b\n8月9日～10日,c\n9月,d\n13/1,e\n6/5/"
          "4,f\n夏,g\n"
          "R6.1.1,h\n",
          NULL,
          "3||2023年6月5日|a|\n4||2023年6月7日（水）|b|\n5||2023年8月9日～10日|c|\n"
          "6||2023年9月|d|\n7||13/1|e|\n8||6/5/4|f|\n9||夏|g|\n10||R6.1.1|h|\n",
          "");
    /* A day in the title is no year, and none is made up. */
    check("令和5年3月31日現在\n開催月,開催日,件名\n6,5,a\n", NULL,
          "3||6月5日|a||開催月=6|開催日=5\n", "");
    /* Of a week, and beside a date. */
    check("2023年\n件名,月,火,水\na,4,5,6\n", NULL, "3|||a||月=4|火=5|水=6\n", "");
    check("2023年\n件名,月,日,公表日\na,4,5,R3.1.1\n", NULL, "3||R3.1.1|a||月=4|日=5\n", "");
}
END_TEST

START_TEST(tables_side_by_side)
{
    /* Each with its own dittos, rows that go on, totals and cells too many; heading and title
     * again. */
    check("題,,,,,,\n番号,件名,概要,,番号,件名,概要\n1,a,b,,3,e,f\n,,続き,,4,g,\n5,x,〃\n"
          ",,,,6,z,h\n題,,,,,,\n番号,件名,概要,,番号,件名,概要\n,,,,7,y,〃\n※ 注,,,,,,\n"
          "合計,3,,,合計,4,\n8,v,,余,9,w,,余\n",
          NULL,
          "3|3||e|f\n3|1||a|b/続き\n4|4||g|\n6|6||z|h\n5|5||x|b/続き\n9|7||y|h\n12|8||v||4=余\n",
          "10:a note on the table\n11:a row of totals\n11:a row of totals\n"
          "12:4 cells, 3 expected\n");
    /* Three, without empty columns but with numbers. */
    check("№,件名,課,№,件名,課,№,件名,課\n1,a,x,2,b,y,3,c\n", NULL,
          "2|1||a||課=x\n2|2||b||課=y\n2|3||c|\n", "");
    /* A row that is not cut, and another heading. */
    check("件名,概要,,件名,概要\na,b,,c,d\n余\n概要,件名,番号\ne,f,1\n", NULL,
          "2|||a|b\n2|||c|d\n5|1||f|e\n", "3:a line that is not cut into cells\n");
    /* Neither: other names, none that is known, one that is, nothing between them. */
    check("番号,件名,,番号,概要\n1,a,,2,b\n", NULL, "2|1||a|b|番号=2\n", "");
    check("園,甲,,園,甲\n石津浜,1,,元焼津,2\n", NULL,
          "1|||園|園|2=甲|5=甲\n2|||石津浜|元焼津|2=1|5=2\n",
          "1:no heading line; by what they hold, title is '1' and body '4'; see --columns\n");
    check("件名,課,,件名,課\na,x,,b,y\n", NULL, "2|||a|b|課=x|課=y\n", "");
    check("件名,概要,件名,概要\na,b,c,d\n", NULL, "2|||a|b/c/d\n", "");
}
END_TEST

START_TEST(rows_of_one_cell)
{
    check("番号,件名,概要\n目標１　安心,,\n1,a,b\n2,,\n※,,\n", NULL, "3|1||a|b\n4|2|||\n",
          "2:a row of one cell, a heading or a note\n5:a note on the table\n");
    check("件名,概要,課\na,,\n", NULL, "2|||a|\n", "");
}
END_TEST

#define JOINED ":a row without number and date, joined to the record before it\n"

START_TEST(rows_that_fill_other_columns)
{
    check("番号,件名,指標,値\n1,a,回数,10\n,,人数,30\n,,,7\n2,b,,\n,,件数,5\n", NULL,
          "2|1||a||指標=回数\n人数|値=10\n30\n4||||7|値=7\n5|2||b|\n6||||件数/5|指標=件数|値=5\n",
          "3" JOINED "4:a record without id, title and body; all it has is the body\n"
          "6:a record without id, title and body; all it has is the body\n");
    check("課,番号,件名,値,他\nx,1,a,2,3\ny,,,4,5\n", NULL,
          "2|1||a||課=x|値=2|他=3\n3||||y/4/5|課=y|値=4|他=5\n",
          "3:a record without id, title and body; all it has is the body\n");
    check("番号,件名,概要,値\n1,a,b,2\n小計,,2事業,3\n,歳出合計,,3\n2,特別会計,,3\n", NULL,
          "2|1||a|b|値=2\n5|2||特別会計||値=3\n", "3:a row of totals\n4:a row of totals\n");
    /* Totals with a note; names that are no totals. */
    check("番号,件名,値\n1,a,2\n,合計（2事業）,2\n計(案),,2\n2,計（案,3\n", NULL,
          "2|1||a||値=2\n5|2||計（案||値=3\n", "3:a row of totals\n4:a row of totals\n");
    /* Where there is nothing to say. */
    check("施設,住所,人数\n広場,栄町1,100\n公民館,本町2,データなし\n", NULL,
          "2|||広場|栄町1|人数=100\n3|||公民館|本町2|人数=データなし\n",
          "1" GUESSED "'施設' and body '住所'" SEE);
}
END_TEST

/* Below a long text. */
START_TEST(late_headings)
{
    struct buf text = BUF_INIT;
    for (int i = 0; i < 20; i++)
        buf_addf(&text, "前書き%d,\n", i);
    size_t n_preface = text.len;
    buf_adds(&text, "甲,名称\n番号,取組,\n,件名,概要\n1,a,b\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    ck_assert_str_eq(outcome.records.data, "24|1||a|b\n");
    ck_assert_str_eq(outcome.problems.data, "22:5 more rows above the heading line\n");
    /* Of two rows, and of three, whose upper ones have no usual name. */
    text.data[text.len = n_preface] = '\0';
    buf_adds(&text, "所管,甲,,乙\n,施策名,内容,\nc,a,b,2\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    ck_assert_str_eq(outcome.records.data, "23|||a|b|所管=c|乙=2\n");
    ck_assert_str_eq(outcome.problems.data, "22:4 more rows above the heading line\n");
    text.data[text.len = n_preface] = '\0';
    buf_adds(&text, "所管,甲,,乙,,\n,,,丙,,丁\n,施策名,内容,戊,己,\nc,a,b,2,3,4\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    ck_assert_str_eq(outcome.records.data, "24|||a|b|所管=c|乙 丙 戊=2|乙 丙 己=3|乙 丁=4\n");
    buf_release(&text);
}
END_TEST

/* Another heading below, of which one name alone has a role. */
START_TEST(headings_again)
{
    check("番号,事業名,概要,予算額,備考\n1,a,b,2,\n区分,取組名,予算額,備考\nx,e,5,\n", NULL,
          "2|1||a|b|予算額=2\n4|||e||区分=x|予算額=5\n", "");
    check("事業名,当初額,課\na,2,b\n取組名,繰越額,班長\nc,3,d\n", NULL,
          "2|||a||当初額=2|課=b\n4|||c||繰越額=3|班長=d\n", "");
    check("番号,事業名,当初額,課\n1,a,2,b\n番号,取組名,繰越額,班長\n2,c,3,d\n", NULL,
          "2|1||a||当初額=2|課=b\n4|2||c||繰越額=3|班長=d\n", "");
    /* Records whose words are names of columns. */
    check("項目名,形,課\n備考,字,b\n名称,字,係\n事業名,数,d\n", NULL,
          "2|||備考||形=字|課=b\n3|||名称||形=字|課=係\n4|||事業名||形=数|課=d\n", "");
    /* Numbers of the names. */
    check("番号,事業名,概要,額\n(1),（2）,③,４\n1,a,b,2\n1,2,3,4\n", NULL,
          "3|1||a|b|額=2\n4|1||2|3|額=4\n", "");
    check("番号,事業名,概要\n1,2,3\n1,2,(4)\n", NULL, "2|1||2|3\n3|1||2|(4)\n", "");
    /* The names once more in English, right below. */
    check("事業番号,事業名,概要,課\nID,NAME,SUMMARY,DEPT\n1,a,b,c\n", NULL, "3|1||a|b|課=c\n", "");
    check("id,name,summary,dept\n番号,事業名,概要,課\n1,a,b,c\n", NULL, "3|1||a|b|課=c\n", "");
    check("事業名,額,課\na,2,b\n取組,3,d\n", NULL, "2|||a||額=2|課=b\n3|||取組||額=3|課=d\n", "");
}
END_TEST

START_TEST(no_heading)
{
    check_fails(read_text("a\nb\n", NULL), "no heading line recognised in '/tmp/hiku-test-");
    check_fails(read_text("a\nb\n", NULL), "--columns id,title,body");
    check_fails(read_text("\n \n", NULL), "no heading line recognised");
}
END_TEST

START_TEST(columns_by_what_they_hold)
{
    /* Numbers below a name; the title differs from row to row, the body is long. */
    check("一覧\n市,園,面積,紹介\n焼津,石津浜,32,松林と遊歩道\n焼津,元焼津,11,神社の隣にある\n",
          NULL,
          "3|||石津浜|松林と遊歩道|市=焼津|面積=32\n4|||元焼津|神社の隣にある|市=焼津|面積=11\n",
          "2" GUESSED "'園' and body '紹介'" SEE);
    /* English above Japanese; nothing below a name; short above long. */
    check("x,y\n名称,名称\n", NULL, "2|||名称|名称\n", "1" GUESSED "'x' and body 'y'" SEE);
    check("甲,乙,丙\n窓,戸,\n駅,家,\n", NULL, "2|||窓|戸\n3|||駅|家\n",
          "1" GUESSED "'甲' and body '乙'" SEE);
    check("甲,乙\n夜間の窓口を設けた,休日\n", NULL, "2|||夜間の窓口を設けた|休日\n",
          "1" GUESSED "'甲' and body '乙'" SEE);
    /* A name before other words; neither what is the same in all rows nor addresses. */
    check("市,住所,宿名,頁,電話\n焼津,栄町,岩崎,http://a,03-1\n焼津,本町,寺岡,http://b,03-2\n",
          NULL,
          "2|||岩崎|栄町|市=焼津|頁=http://a|電話=03-1\n3|||寺岡|本町|市=焼津|頁=http://"
          "b|電話=03-2\n",
          "1" GUESSED "'宿名' and body '住所'" SEE);
    /* One role by its name, the others by what is there. */
    check("番号,対象\n1,市民\n2,児童\n", NULL, "2|1||市民|\n3|2||児童|\n",
          "1" GUESSED "'対象'" SEE);
    /* Names of groups above names that are all unknown. */
    check("題,,,\n甲,令和,,乙\n,当初,補正,\n窓,3,4,x\n", NULL, "4|||窓|x|令和 当初=3|令和 補正=4\n",
          "2" GUESSED "'甲' and body '乙'" SEE);
    /* No names at all: a first column of numbers is the id. */
    check("7,夜間の窓,安心\n8,休日の窓,安全\n", NULL, "1|7||夜間の窓|安心\n2|8||休日の窓|安全\n",
          "1" HEADLESS "'2' and body '3'" SEE);
    check("甲,乙\n甲,甲\n", NULL, "1|||乙||1=甲\n2|||甲||1=甲\n", "1" HEADLESS "'2'" SEE);
    check("1,2\n3,4\n", NULL, "1|1||2|\n2|3||4|\n", "1" HEADLESS "'2'" SEE);
    /* Pairs above a table that has hardly more rows. */
    check("統計表:,人口\n表番号:,1\n調査:,国勢\n地域,単位,値,注,年\n全国,人,12,x,1\n道,人,5,y,"
          "2\n市,人,3,z,3\n",
          NULL,
          "5|||全国|x|単位=人|値=12|年=1\n6|||道|y|単位=人|値=5|年=2\n7|||市|z|単位=人|値=3|年=3\n",
          "1:a row above the heading line\n2:a row above the heading line\n"
          "3:a row above the heading line\n4" GUESSED "'地域' and body '注'" SEE);
    /* Nothing below the names. */
    check("甲,乙\n", NULL, "", "1:no usual names of columns; see --columns\n");
}
END_TEST

START_TEST(dates_by_their_form)
{
    /* Under a name and without one. */
    check("園,いつ,面積\n石津浜,令和２年４月１日,32\n元焼津,R3.5.6,11\n", NULL,
          "2||令和２年４月１日|石津浜||面積=32\n3||R3.5.6|元焼津||面積=11\n",
          "1" GUESSED "'園', date 'いつ'" SEE);
    check("2020-04-01,夜間の窓,安心\n2020/5,休日の窓,安全\n", NULL,
          "1||2020-04-01|夜間の窓|安心\n2||2020/5|休日の窓|安全\n",
          "1" HEADLESS "'2' and body '3', date '1'" SEE);
    check("夜の窓,20200401,令和元年度\n朝の窓,20201231,平成31年度\n", NULL,
          "1||20200401|夜の窓||3=令和元年度\n2||20201231|朝の窓||3=平成31年度\n",
          "1" HEADLESS "'1', date '2'" SEE);
    /* Numbers, telephones, places and names are none. */
    check("窓の名,甲,乙,丙,丁\nい,1.5,011-2-3,3-14,S町\nろ,2020,20209901,12/13,R会\n", NULL,
          "2|||い|S町|甲=1.5|乙=011-2-3|丙=3-14\n3|||ろ|R会|甲=2020|乙=20209901|丙=12/13\n",
          "1" GUESSED "'窓の名' and body '丁'" SEE);
}
END_TEST

START_TEST(usual_names)
{
    /* A title before a name, which may be a number. */
    check("id,name,title\n1,S-1,夜間\n", NULL, "2|1||夜間|S-1\n", "");
    /* One column, of a usual name. */
    check("名称\n石津浜\n元焼津\n", NULL, "2|||石津浜|\n3|||元焼津|\n", "");
    /* Names with a number before and a note after them. */
    check("①事業名（正式）,2.概要※,備考\na,b,c\n", NULL, "2|||a|b|備考=c\n", "");
    /* Names cut in a narrow column, but not at what is no Japanese. */
    check("\"番\n号\",\"事業の\n名称\",\"担\n当\n課\",\"(4)\n予算\n(円)\"\n1,a,b,2\n", NULL,
          "8|1||a||担当課=b|(4) 予算 (円)=2\n", "");
    /* Of a measure and its projects these have the title. */
    check("基本目標,施策名,事業名,概要\n安心,相談,窓口,開く\n", NULL,
          "2|||窓口|相談/開く|基本目標=安心\n", "");
    check("施策,計画名,内容\na,b,c\n", NULL, "2|||a|b/c\n", "");
    check("施策・事業名,事業名,内容\na,b,c\n", NULL, "2|||a|b/c\n", "");
    check("施策名,事業名\na,b\n", "title=施策名", "2|||a||事業名=b\n", "");
    check("①主な取組（正式）,2.進捗状況※,備考\na,b,c\n", NULL, "2|||a|b|備考=c\n", "");
}
END_TEST

/* What comes late is read by what the first rows were. */
START_TEST(guesses_of_long_tables)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, "園,面積\n");
    for (int i = 0; i < 100; i++)
        buf_addf(&text, "園%d,%d\n", i, i);
    buf_adds(&text, "\"開いた\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    buf_release(&text);
    ck_assert_uint_eq(outcome.n_records, 100);
    ck_assert_ptr_nonnull(strstr(outcome.records.data, "101|||園99||面積=99\n"));
    ck_assert_ptr_nonnull(strstr(outcome.problems.data, "102:"));
}
END_TEST

START_TEST(columns_by_position)
{
    check("a1\tt\tb\na2\t\tc\n", "id,title,body", "1|a1||t|b\n2|a2|||c\n", "");
    check("x,t,p,q\n", "-,title,body,課", "1|||t|p|課=q\n", "");
    check("番号,件名,概要\n1,a,b\n番号,件名,概要\n2,c,d\n", "id,title,body", "2|1||a|b\n4|2||c|d\n",
          "");
    check("1,a,b\n件名,件名,c\n", "id,title,body", "1|1||a|b\n2|件名||件名|c\n", "");
    ck_assert_int_eq(read_text("a,b\n", "id,date"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "neither title nor body in --columns 'id,date'"));
    check_fails(read_text("\n", "title,body"), "is empty");
}
END_TEST

START_TEST(columns_by_name)
{
    check("表\n課,計画,ねらい,概要,番号\nx,t,p,q,7\n", "title=計画,body=ねらい,body=概 要",
          "3|7||t|p/q|課=x\n", "");
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "title=計画,body=効果"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "no column '効果' in the heading line of"));
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "name=計画"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "'name=計画' in --columns maps no role"));
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "title="), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "no name after 'title='"));
}
END_TEST

TCase *heading_tests(void)
{
    TCase *tests = tcase_create("headings");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, read_table_set_up, read_table_tear_down);
    tcase_add_test(tests, headings);
    tcase_add_test(tests, headings_of_two_rows);
    tcase_add_test(tests, headings_of_three_rows);
    tcase_add_test(tests, dates_over_several_columns);
    tcase_add_test(tests, dates_under_one_name);
    tcase_add_test(tests, dates_without_year);
    tcase_add_test(tests, tables_side_by_side);
    tcase_add_test(tests, rows_of_one_cell);
    tcase_add_test(tests, rows_that_fill_other_columns);
    tcase_add_test(tests, late_headings);
    tcase_add_test(tests, headings_again);
    tcase_add_test(tests, no_heading);
    tcase_add_test(tests, columns_by_what_they_hold);
    tcase_add_test(tests, dates_by_their_form);
    tcase_add_test(tests, usual_names);
    tcase_add_test(tests, guesses_of_long_tables);
    tcase_add_test(tests, columns_by_position);
    tcase_add_test(tests, columns_by_name);
    return tests;
}
