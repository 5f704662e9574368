#!/bin/sh
# shapes.sh - the shapes that tables come in, through tongbao-collect: headers of
# several rows, titles that state things, sections, totals, several tables in one
# file.  The data is invented.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
languages = zh;en
frequency = M
subject_group = city
END
printf 'group,name_zh,name_en\ncity,全市,City\n' >"$config/groups.csv"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,parent,aliases,groups
S,双清区,Shuangqing,,双清,city
D,大祥区,Daxiang,,,city
B,北塔区,Beita,,,city
S1,城关镇,Town,S,,
S2,东镇,East,S,,
D1,城关镇,Town,D,,
D2,西镇,West,D,"城关镇, 飞地, 双清区",
E1,北镇,North,B,"北镇, 北塔区",
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals
inv,固定资产投资,投资,万元,flow,higher,M,computed,1
retail,社会消费品零售总额,社零总额;零售,亿元,flow,higher,M,computed,1
firms,规上企业数,企业数,个,count,higher,M,computed,0
loans,贷款余额,,亿元,stock,higher,M,computed,1
cpi,居民消费价格,,%,rate,lower,M,published,1
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header,indicator_from,section,columns
wide,wide*,indicators-across,,,,
of,of*,indicators-across,,title,,
periods,periods*,periods-across,,,,
towns,towns*,indicators-across,,,unit-parent,
kinds,kinds*,periods-across,,,indicator,
months,months*,indicators-across,,,period,
plain,plain*,indicators-across,,,ignore,
END
data=$root/datasets/p
inbox=$data/inbox
out=$root/run/collect

one() { # one NAME: the file on stdin alone in the inbox, collected
    rm -rf "$data" "$root/run"
    mkdir -p "$inbox"
    cat >"$inbox/$1"
    touch -d 2023-06-20T00:00:00Z "$inbox/$1"
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >"$root/account" 2>"$root/err"
    rc=$?
}
account() { # rows in, accepted, rejected, ignored; observations
    sed -n 2p "$out/submissions.csv" | cut -d, -f12-15,20
}
ignored() { # line:kind of each
    awk -F, 'NR > 1 { printf "%s%s:%s", s, $3, $4; s = " " }' "$out/ignored.csv"
}
rejected() { # line:reason of each
    awk -F, 'NR > 1 { printf "%s%s:%s", s, $3, $7; s = " " }' "$out/rejects.csv"
}
observed() { # unit indicator measure period value of each
    "$TB_BIN/tongbao" -C "$root" -p p --run "$root/run" export observations >"$root/observations" 2>"$root/err"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
             { printf "%s%s.%s.%s@%s=%s", s, $at["REF_AREA"], $at["INDICATOR"], $at["MEASURE"],
                      $at["TIME_PERIOD"], $at["OBS_VALUE"]; s = " " }' "$root/observations"
}

# --- headers of several rows ---
one wide1.csv <<'END'
2023年5月主要指标,,,,
地区,固定资产投资,,社零总额,
,本月止累计（万元）,比上年同期增长%,累计值,同比±%
双清区,100,5.1,2.5,3
大祥区,200,-1.2,3.5,4
地区,固定资产投资,,社零总额,
,本月止累计（万元）,比上年同期增长%,累计值,同比±%
北塔区,300,0,1,2
END
is 'two rows of heads, and once more on the next page' "$(account)" '8,3,0,5,12'
is 'they are header rows' "$(ignored)" '1:title 2:header 3:header 6:header 7:header'

one wide2.csv <<'END'
县市区,2023年4月,,2023年5月,
,固定资产投资,社零总额,固定资产投资,社零总额
,累计值（亿元）,累计值,累计值（亿元）,累计值
双清区,0.01,2.5,0.02,3
END
is 'three rows of heads, periods over indicators' "$(account) $(observed)" \
    '4,1,0,3,4 S.inv.ytd@2023-04=100 S.retail.ytd@2023-04=2.5 S.inv.ytd@2023-05=200 S.retail.ytd@2023-05=3'
one wide3.csv <<'END'
县市区,2023年,
,1月,2月
,投资,投资
双清区,1,2
END
is 'a year over months' "$(observed)" 'S.inv.value@2023-01=1 S.inv.value@2023-02=2'
one wide4.csv <<'END'
2023年主要指标
地区,月份,投资
双清区,一月,1
双清区,1-2月,3
双清区,截至3月,4
双清区,3月23日,4
END
is 'periods of rows with the year of the title' "$(account) $(observed)" \
    '6,3,1,2,3 S.inv.value@2023-01=1 S.inv.ytd@2023-02=3 S.inv.ytd@2023-03=4'
is 'a day is none' "$(rejected)" 6:period.malformed

# --- units of measure above the table ---
one wide5.csv <<'END'
2023年5月,,,,
单位：亿元、个、%,,,,
地区,投资,企业数,居民消费价格,零售（万元）
双清区,0.5,7,1.2,30000
END
is '单位 above: each takes its own' "$(observed)" \
    'S.inv.value@2023-05=5000 S.firms.value@2023-05=7 S.cpi.value@2023-05=1.2 S.retail.value@2023-05=3'
one wide6.csv <<'END'
2023年5月（单位：万元）,,
填报单位：双清区统计局,,
地区,零售,企业数
双清区,30000,7
END
is '单位 that cannot be meant is refused' "$(rejected) $(observed)" \
    '4:uom.mismatch S.retail.value@2023-05=3'
one of1.csv <<'END'
2023年5月固定资产投资完成情况,,
（单位：亿元）,,
地区,本月,同比（%）
双清区,0.5,3
END
is 'an indicator in the title, measures in the heads' "$(observed)" \
    'S.inv.value@2023-05=5000 S.inv.growth@2023-05=3'

# --- sections ---
one periods1.csv <<'END'
2023年各县市区主要指标,,
地区,4月,5月
一、固定资产投资（万元）,,
双清区,1,2
　　大祥区,3,4
二、社零总额累计（亿元）,,
1.双清区,5,6
（二）大祥区,7,8
三、粮食产量,,
双清区,9,10
注：初步数,,
END
is 'sections that name indicators' "$(observed)" \
    'S.inv.value@2023-04=1 S.inv.value@2023-05=2 D.inv.value@2023-04=3 D.inv.value@2023-05=4 S.retail.ytd@2023-04=5 S.retail.ytd@2023-05=6 D.retail.ytd@2023-04=7 D.retail.ytd@2023-05=8'
is 'they are ignored as sections' "$(ignored)" \
    '1:title 2:header 3:section 6:section 9:section 11:footnote'
is 'below one that is not known nothing is read' "$(account) $(rejected)" \
    '11,4,1,6,8 10:indicator.missing'
one wide7.csv <<'END'
主要指标,,
地区,投资,零售
2023年4月,,
双清区,1,2
2023年5月,,
双清区,3,4
一、城区,,
大祥区,5,6
END
is 'sections that name periods; a block ends them' "$(account) $(observed) $(rejected)" \
    '8,2,1,5,4 S.inv.value@2023-04=1 S.retail.value@2023-04=2 S.inv.value@2023-05=3 S.retail.value@2023-05=4 8:period.missing'
one wide8.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
一、城区,,
其中：双清区,1,2
二、其他,,
1、大祥区,3,4
END
is 'blocks and numbers of lists mean nothing' "$(account) $(observed)" \
    '6,2,0,4,4 S.inv.value@2023-05=1 S.retail.value@2023-05=2 D.inv.value@2023-05=3 D.retail.value@2023-05=4'
one plain1.csv <<'END'
2023年5月,
地区,投资
2023年4月,
双清区,1
END
is 'section=ignore: nothing is taken from them' "$(account) $(observed)" \
    '4,1,0,3,1 S.inv.value@2023-05=1'
one towns1.csv <<'END'
2023年5月,
地区,投资
双清区,10
城关镇,1
东镇,2

大祥区,20
城关镇,3
西镇,4

北塔区,
北镇,5
南镇,6
END
is 'section=unit-parent: names below a parent' "$(account) $(observed)" \
    '13,7,1,5,7 S.inv.value@2023-05=10 S1.inv.value@2023-05=1 S2.inv.value@2023-05=2 D.inv.value@2023-05=20 D1.inv.value@2023-05=3 D2.inv.value@2023-05=4 E1.inv.value@2023-05=5'
is 'one that is not below it' "$(rejected) $(ignored)" \
    '13:unit.unknown 1:title 2:header 6:blank 10:blank 11:section'
one towns2.csv <<'END'
2023年5月,
地区,投资
双清区,10
城关镇,1
飞地,
城关镇,2

大象区,20
城关镇,3
END
is 'a block below a parent; a parent that is not known' "$(observed) $(rejected)" \
    'S.inv.value@2023-05=10 S1.inv.value@2023-05=1 D2.inv.value@2023-05=2 8:unit.unknown 9:unit.ambiguous'
one kinds1.csv <<'END'
地区,2023-04
固定资产投资,
双清区,1
固定资投资,
双清区,2
END
is 'section=indicator: a name that is not known' "$(account) $(rejected)" '5,1,1,3,1 5:indicator.missing'
one months1.csv <<'END'
地区,投资
2023年4月,
双清区,1
五月,
双清区,2
END
is 'section=period: a period that is none' "$(account) $(rejected)" '5,1,1,3,1 5:period.missing'

# --- totals ---
remarks() { # what the receipt says of totals
    sed -n 's/^- 第 \([0-9]*\) 行第 \([0-9]*\) 字 (\([^)]*\)): 合计数 \([^ ]*\) 与各行之和 \([^ ]*\) 不符.*/\1,\2 \3 \4 \5/p' \
        "$out"/receipts/*.md | sed 's/\\//g' | tr '\n' ';'
}
one wide9.csv <<'END'
2023年5月,,,
地区,投资,社零总额,居民消费价格
合　计,61,7,1.5
双清区,10.4,1.1,2
大祥区,20.3,2.2,1
北塔区,30.4,3.3,3
全市平均,20,2,2
END
is 'a total above its rows agrees within rounding' "$(account) $(remarks)" '7,3,0,4,9 '
one wide10.csv <<'END'
2023年5月,,,
地区,投资,零售,居民消费价格
双清区,10.4,1.1,2
大祥区,20.3,2.2,1
北塔区,30.4,3.3,3
合计,61.1,7.0,9
END
is 'a total below its rows: one column differs' "$(account) $(remarks)" '6,3,0,3,9 6,9 零售 7.0 6.6;'
one wide11.csv <<'END'
2023年5月,
地区,投资
合计,100
一、城区,
双清区,10
大祥区,20
小计,31
二、其他,
小计,60
北塔区,70
END
is 'parts: above their rows and below them' "$(account) $(remarks)" '10,3,0,7,3 9,4 投资 60 70;'
one wide12.csv <<'END'
2023年5月,,
地区,投资,零售
双清区,10,1
其中：东镇,4,1
大祥区,20,2
总计,30,5
END
is 'part of another row is not summed' "$(account) $(remarks)" '6,3,0,3,6 6,7 零售 5 3;'
one wide10.csv <<'END'
2023年5月,,
地区,投资,零售
双清区,0.5亿,1
大祥区,20,2
合计,5020,5
END
is 'no total is compared with a sum that lacks a cell of another unit of measure' "$(remarks)" '5,9 零售 5 3;'
one wide10.csv <<'END'
2023年5月,,
地区,投资,零售
双清区,约10,1
大祥区,20,保密
北塔区,30,2
合计,60,5
END
is 'nor one that lacks a rejected cell or a suppressed one' "$(account) $(remarks)" '6,2,1,3,5 '
one wide10.csv <<'END'
2023年5月,
地区,投资
双清区,10
无此区,20
合计,30
END
is 'nor one that lacks a rejected row' "$(account) $(remarks)" '5,1,1,3,1 '
{
    printf '2023年5月,\n地区,投资\n双清区,1\n'
    for i in $(seq 2 24); do echo "合计,$i"; done
} | one wide10.csv
is 'what is not listed of differing totals is counted' "$(grep -c '合计数 .* 不符' "$out"/receipts/*.md) $(sed -n 's/^- 合计数与各行之和不符的另有 //p' "$out"/receipts/*.md)" '20 2 处，未一一列出'
said() { sed -n '/^表中没有数据/p' "$out"/receipts/*.md; }
printf '2023年5月,\n地区,投资\n' | one wide10.csv
is 'a nil return: the receipt says that there were no figures' "$(said)" '表中没有数据，作为零报告收下。'
printf '地区,报告期,投资\n' | one wide10.csv
is 'and that it is of no period' "$(said)" '表中没有数据，也没有写明报告期，不能算作任何一期的零报告。'

# --- several tables ---
one wide13.csv <<'END'
表一 2023年5月固定资产投资,,
单位：亿元,,
地区,投资,
双清区,0.5,
大祥区,1,

表二 2023年4月社会消费品零售总额,,
单位：万元,,
地区,社零总额,企业数（个）
,累计,
双清区,30000,7
大祥区,20000,8
注：初步数,,
END
is 'two tables, each with its titles' "$(account) $(observed)" \
    '13,4,0,9,6 S.inv.value@2023-05=5000 D.inv.value@2023-05=10000 S.retail.ytd@2023-04=3 S.firms.value@2023-04=7 D.retail.ytd@2023-04=2 D.firms.value@2023-04=8'
is 'titles and headers of both' "$(ignored)" \
    '1:title 2:title 3:header 6:blank 7:title 8:title 9:header 10:header 13:footnote'
one wide14.csv <<'END'
2023年5月,
地区,投资
双清区,1
地区,零售
双清区,2
大祥区,3
END
is 'the period of the first table holds for the next' "$(account) $(observed)" \
    '6,3,0,3,3 S.inv.value@2023-05=1 S.retail.value@2023-05=2 D.retail.value@2023-05=3'
one wide15.csv <<'END'
2023年5月,
地区,投资
双清区,1
地区,粮食产量
双清区,2
大祥区,3
地区,投资
大祥区,4
END
is 'a table that is not known is not read as another' "$(account) $(observed) $(rejected)" \
    '8,2,3,3,2 S.inv.value@2023-05=1 D.inv.value@2023-05=4 4:table.unknown 5:table.unknown 6:table.unknown'
one wide16.csv <<'END'
2023年5月,
地区,投资
双清区,1
双清区,1
双清区,2

2023年4月,
地区,投资（亿元）
双清区,1
END
is 'a table that is read twice for its keys' "$(account) $(observed) $(rejected)" \
    '9,2,1,6,2 S.inv.value@2023-05=1 S.inv.value@2023-04=10000 5:key.conflict'

done_testing
