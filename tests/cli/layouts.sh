#!/bin/sh
# layouts.sh - shapes of tables beyond those of shapes.sh, through tongbao-collect: heads
# in two languages, units across, tables side by side, sheets, files without a header,
# other quotes, money.  The data is invented.
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
indicator,name_zh,name_en,aliases,unit_measure,kind,direction,frequency,growth,decimals
inv,固定资产投资,Investment,投资,万元,flow,higher,M,computed,1
retail,社会消费品零售总额,Retail sales,社零总额;零售;消费,亿元,flow,higher,M,computed,1
firms,规上企业数,Firms,企业数,个,count,higher,M,computed,0
loans,贷款余额,Loans,,亿元,stock,higher,M,computed,1
fdi,实际使用外资,FDI,,万美元,flow,higher,M,computed,1
income,人均可支配收入,Income,,元/人,flow,higher,M,computed,0
cpi,居民消费价格,CPI,,%,rate,lower,M,published,1
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header,indicator_from,quote,escape,columns,sheet
first,book*,indicators-across,,,,,,汇总*
third,book*,periods-across,2,title,,,,3
long,long*,long,,,,,
wide,wide*,indicators-across,,,,,
single,single*,long,,,single,backslash,
units,units*,units-across,,,,,北塔区=-
of,of*,units-across,,title,,,
bare,bare*,long,none,,,,地区;-;指标;报告期;数值;备注
few,few*,indicators-across,none,,,,县市区;月份;甲=inv:ytd:亿元;社零总额;-;乙=firms
odd,odd*,indicators-across,none,,,,地区;月份;投资;粮食
rates,rates*,indicators-across,,,,,居民消费价格=cpi:value;投资=inv:value
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

# --- other quotes ---
one single1.csv <<'END'
地区,指标,报告期,数值,备注
'双清区','固定资产投资','2023-05','1,234.5','it''s \'so\', "said" \\ he'
大祥区,投资,2023-05,7,5" \ plain
北塔区,'投资',2023-05,'1 2,x
END
is 'quotes and escapes of the form' "$(account) $(observed)" \
    '4,2,1,1,2 S.inv.value@2023-05=1234.5 D.inv.value@2023-05=7'
is 'what they hold' "$(grep -o "it's 'so', .*he" "$root/observations") $(grep -c '5"" . plain' "$root/observations")" \
    "it's 'so', \"\"said\"\" \\ he 1"
is 'one that never closes' "$(rejected)" 4:row.quote_unclosed
one single2.csv <<'END'
地区,指标,备注,报告期,数值
双清区,投资,'it''s \'so\'',2023-05,x
双清区,投资,5",2023-04,y
END
is 'places count characters as sent' "$(cut -d, -f3,4,7 "$out/rejects.csv" | tail -n +2 | tr '\n' ' ')" \
    '2,31,number.malformed 3,19,number.malformed '
one wide1.csv <<'END'
2023年5月
地区,投资
双清区,'7'
END
is 'without the form a single quote is text' "$(rejected)" 3:number.marks

# --- money ---
one wide2.csv <<'END'
2023年5月,,,,
地区,投资,零售,实际使用外资,人均可支配收入
双清区,¥1.5,￥ 2,"$3,000.5",¥600
大祥区,-¥1.5,(¥2),4 $,5￥
北塔区,¥3亿,2,5,7
合计,30003,9,3009.5,612
END
is 'signs of money that goes with the unit of measure' "$(observed)" \
    'S.inv.value@2023-05=1.5 S.retail.value@2023-05=2 S.fdi.value@2023-05=3000.5 S.income.value@2023-05=600 D.inv.value@2023-05=-1.5 D.retail.value@2023-05=-2 D.fdi.value@2023-05=4 D.income.value@2023-05=5 B.inv.value@2023-05=30000 B.retail.value@2023-05=2 B.fdi.value@2023-05=5 B.income.value@2023-05=7'
is 'they are summed like others' "$(sed -n 's/^.*\(合计数 .* 不符\).*/\1/p' "$out"/receipts/*.md)" \
    '合计数 9 与各行之和 2 不符'
one wide3.csv <<'END'
2023年5月,,,,,
地区,投资,零售,实际使用外资,人均可支配收入,居民消费价格
双清区,€5,¥5¥,5€,£600,¥5.3
大祥区,$2亿元,¥2亿元,¥5,HK$5,5.3
END
is 'and of no other' "$(rejected)" \
    '3:uom.currency 3:number.malformed 3:uom.currency 3:uom.currency 3:uom.currency 4:uom.currency 4:uom.currency 4:uom.currency'
is 'the reason says of both' "$(grep -c '货币符号“€”与计量单位“万元”不符' "$out/rejects.csv")" 1
printf '[units_of_measure]\n$ = 1 元\n' >>"$config/profile.ini"
one wide4.csv <<'END'
2023年5月,
地区,投资
双清区,$5
大祥区,¥6
END
is 'the profile says what a sign stands for' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=5 D.inv.value@2023-05=6'

# --- spans of rates ---
one rates1.csv <<'END'
2023年1—10月,,,
地区,居民消费价格,投资,贷款余额
双清区,2.3,5,7
END
is 'a span of a rate is what the form calls it; of an amount it is the sum' "$(observed)" \
    'S.cpi.value@2023-10=2.3 S.inv.ytd@2023-10=5 S.loans.ytd@2023-10=7'
one wide5.csv <<'END'
2023年1—10月,
地区,居民消费价格
双清区,2.3
END
is 'where the form does not call it anything, it is the cumulated one' "$(observed)" S.cpi.ytd@2023-10=2.3

# --- units across ---
one units1.csv <<'END'
2023年5月主要指标,,,,,
指标,单位,大祥区,双清区,全市,北塔区
固定资产投资,亿元,0.5,1,1.5,9
固定资产投资增速（%）,,5.1,-2,3,9
社零总额_累计,万元,20000,30000,3,9
居民消费价格,%,101,…,3,9
粮食产量,吨,1,2,3,9
合计,,1,2,3,9
注：初步数,,,,,
END
is 'units across, with a column of units of measure' "$(account) $(observed)" \
    '9,4,1,4,8 D.inv.value@2023-05=5000 S.inv.value@2023-05=10000 D.inv.growth@2023-05=5.1 S.inv.growth@2023-05=-2 D.retail.ytd@2023-05=2 S.retail.ytd@2023-05=3 D.cpi.value@2023-05=101 S.cpi.value@2023-05='
is 'a row that is no indicator' "$(rejected) $(ignored)" '7:indicator.unknown 1:title 2:header 8:total 9:footnote'
one units2.csv <<'END'
指标,计量单位,2023年4月,,2023年5月,
,,大祥区,双清区,大祥区,双清区
固定资产投资,亿元,0.5,1,2,3
社零总额,万元,20000,30000,40000,
居民消费价格,%,1,2,3,x
END
is 'periods over units' "$(account) $(observed) $(rejected)" \
    '5,2,1,2,10 D.inv.value@2023-04=5000 S.inv.value@2023-04=10000 D.inv.value@2023-05=20000 S.inv.value@2023-05=30000 D.retail.value@2023-04=2 S.retail.value@2023-04=3 D.retail.value@2023-05=4 D.cpi.value@2023-04=1 S.cpi.value@2023-04=2 D.cpi.value@2023-05=3 5:number.malformed'
one units3.csv <<'END'
2023年5月,,,,
项目,大祥区,,双清区（亿元）,
,本月,累计同比（%）,本月,累计同比（%）
投资,5,6,0.1,8
END
is 'units over measures' "$(observed) $(rejected)" \
    'D.inv.value@2023-05=5 D.inv.ytd_growth@2023-05=6 S.inv.value@2023-05=1000 S.inv.ytd_growth@2023-05=8 '
one of1.csv <<'END'
2023年固定资产投资
月份,大祥区,双青区,双清区,城关镇,双清区
4月,1,2,3,4,3
1-5月,5,6,7,8,9
END
is 'periods down; heads that are no unit, or two, or one again' "$(observed) $(rejected)" \
    'D.inv.value@2023-04=1 S.inv.value@2023-04=3 D.inv.ytd@2023-05=5 2:unit.unknown 2:unit.ambiguous 2:head.twice 4:value.differs'
one units4.csv <<'END'
2023年5月
地区,投资
双清区,1
END
is 'a table of indicators across is none' "$(rejected)" 0:header.missing

# --- tables side by side ---
one wide6.csv <<'END'
2023年5月,,,,,
序号,地区,投资,,地区,社零总额
1,双清区,1,,大祥区,2
2,大祥区,3,,北塔区,x
3,北塔区,5,,无此区,6
,,,,双清区,7
合计,,9,,合计,9
,,,,,
注：初步数
END
is 'side by side: each has units of its own' "$(observed)" \
    'S.inv.value@2023-05=1 D.retail.value@2023-05=2 D.inv.value@2023-05=3 B.inv.value@2023-05=5 S.retail.value@2023-05=7'
is 'a row is rejected when a part of it is' "$(account) $(rejected) | $(ignored)" \
    '9,2,2,5,5 4:number.malformed 5:unit.unknown | 1:title 2:header 7:total 8:blank 9:footnote'
is 'and its place is that of the part' "$(sed -n 3p "$out/rejects.csv" | cut -d, -f3,4,5,6)" '5,10,地区,无此区'
one wide7.csv <<'END'
2023年5月,,,,,
固定资产投资,,,社零总额,,
地区,本月,累计,地区,本月,累计
双清区,1,2,大祥区,3,4
大祥区,5,6,,,
一、小区,,,大祥区,3,4
地区,本月,累计,地区,本月,累计
北塔区,7,8,北塔区,9,
地区,企业数,,地区,贷款余额,
北塔区,1,,双清区,2,
END
is 'names above them, pages, and other tables below them' "$(account) $(observed)" \
    '10,4,0,6,11 S.inv.value@2023-05=1 S.inv.ytd@2023-05=2 D.retail.value@2023-05=3 D.retail.ytd@2023-05=4 D.inv.value@2023-05=5 D.inv.ytd@2023-05=6 B.inv.value@2023-05=7 B.inv.ytd@2023-05=8 B.retail.value@2023-05=9 B.firms.value@2023-05=1 S.loans.value@2023-05=2'
one wide8.csv <<'END'
2023年5月,,,,,
地区,投资,地区,社零总额,企业数,地区
双清区,1,双清区,2,3,双清区
双清区,1,双清区,2,4,双清区
END
is 'the names of rows once more, read twice for a key' "$(account) $(observed) $(rejected)" \
    '4,1,1,2,3 S.inv.value@2023-05=1 S.retail.value@2023-05=2 S.firms.value@2023-05=3 4:key.conflict'
one long1.csv <<'END'
地区,指标,报告期,数值,,地区,指标,报告期,数值
双清区,投资,2023-05,1,,大祥区,投资,2023-04,2
双清区,投资,2023-04,"3",,大祥区,投资,2023-05,4
双清区,投资,2023-03,"3,,大祥区,投资,2023-05,4
END
is 'long tables side by side' "$(account) $(observed) $(rejected)" \
    '4,2,1,1,4 S.inv.value@2023-05=1 D.inv.value@2023-04=2 S.inv.value@2023-04=3 D.inv.value@2023-05=4 4:row.quote_unclosed'
one wide9.csv <<'END'
2023年5月,,,,
地区,投资,,地区,粮食产量
双清区,1,,大祥区,2
END
is 'one that is no table: nothing is taken' "$(rejected)" 0:head.unclear
one units5.csv <<'END'
2023年5月,,,,
指标,双清区,,指标,双清区
固定资产投资,1,,企业数,2
END
is 'indicators side by side' "$(observed)" 'S.inv.value@2023-05=1 S.firms.value@2023-05=2'

# --- heads in two languages ---
one wide10.csv <<'END'
2023年5月,,,
地区,固定资产投资,社零总额（万元）,企业数
Region,Fixed asset investment,Retail sales,Firms
双清区,1,20000,3
地区,固定资产投资,社零总额（万元）,企业数
Region,Fixed asset investment,Retail sales,Firms
大祥区,2,30000,4
END
is 'the second row says it in another language' "$(account) $(observed) $(ignored)" \
    '7,2,0,5,6 S.inv.value@2023-05=1 S.retail.value@2023-05=2 S.firms.value@2023-05=3 D.inv.value@2023-05=2 D.retail.value@2023-05=3 D.firms.value@2023-05=4 1:title 2:header 3:header 5:header 6:header'
one wide11.csv <<'END'
2023年5月,,,
District,Fixed asset investment,Retail sales,FDI
地区,固定资产投资,社零总额,实际使用外资
双清区,1,2,3
END
is 'the other way round' "$(account) $(observed)" \
    '4,1,0,3,3 S.inv.value@2023-05=1 S.retail.value@2023-05=2 S.fdi.value@2023-05=3'
one wide12.csv <<'END'
2023年5月,,,,
地区,投资,,社零总额,
Area,Investment,,Retail sales,
,累计,同比（%）,累计,同比（%）
,YTD,y/y (%),YTD,y/y (%)
双清区,1,2,3,4
END
is 'two levels, each in two languages' "$(account) $(observed)" \
    '6,1,0,5,4 S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2 S.retail.ytd@2023-05=3 S.retail.ytd_growth@2023-05=4'
one wide13.csv <<'END'
2023年5月,,
地区,投资,社零总额
Region,Retail sales,Investment
双清区,1,2
END
is 'one that names another indicator: nothing is taken' "$(rejected) $(grep -o '投资 / Retail sales' "$out/rejects.csv" | head -n 1)" \
    '0:head.unclear 投资 / Retail sales'
one wide14.csv <<'END'
2023年5月,,
地区,投资,社零总额
县市区,本月,累计
双清区,1,2
END
is 'two levels of heads are still that' "$(observed)" 'S.inv.value@2023-05=1 S.retail.ytd@2023-05=2'
one wide15.csv <<'END'
2023年5月,,
地区,投资,社零总额
Shuangqing,n/a,not reported
Nowhere,none,unknown
大祥区,1,2
END
is 'a row of words for missing is data, and one that is not known no head' "$(account) $(rejected)" \
    '5,2,1,2,4 4:unit.unknown'
one units6.csv <<'END'
2023年5月,,
指标,双清区,大祥区
Indicator,Shuangqing,Daxiang
固定资产投资,1,2
END
is 'units in two languages' "$(account) $(observed)" '4,1,0,3,2 S.inv.value@2023-05=1 D.inv.value@2023-05=2'

# --- no header ---
one bare1.csv <<'END'
双清区,1,投资,2023-05,7,"a, b"
大祥区,2,零售,2023-05,8,
合计,3,投资,2023-05,9,
地区,4,指标,报告期,数值,备注

无此区,5,投资,2023-05,9,
北塔区,6,投资
END
is 'no header: the form has the heads' "$(account) $(observed) $(rejected) $(ignored)" \
    '7,2,2,3,2 S.inv.value@2023-05=7 D.retail.value@2023-05=8 6:unit.unknown 7:row.too_short 3:total 4:header 5:blank'
one few1.csv <<'END'
双清区;2023-05;0.5;2;x;3
注：初步数
大祥区;2023-04;1;3;;4;
大祥区;2023-03;1;3;;4;5
END
is 'meanings of its own, columns that are left out, another delimiter' "$(observed) $(rejected)" \
    'S.inv.ytd@2023-05=5000 S.retail.value@2023-05=2 S.firms.value@2023-05=3 D.inv.ytd@2023-04=10000 D.retail.value@2023-04=3 D.firms.value@2023-04=4 4:row.too_long'
one odd1.csv <<'END'
双清区,2023-05,1,2
END
is 'a head of the form that means nothing: nothing is taken' "$(rejected)" 0:head.unclear

cp "$config/forms.csv" "$tmp/forms.csv"
printf 'a,a*,long,none,,,,\nb,b*,long,none,,,,地区;指标;地区;-;-\nc,c*,long,one,,,,\n' >>"$config/forms.csv"
"$TB_BIN/tongbao" -C "$root" -p p check >"$tmp/out" 2>&1
is 'forms that say no columns, or one twice' "$(grep -c 'no columns, expected with header none\|.地区. heads an earlier column\|or none$' "$tmp/out")" 3
mv "$tmp/forms.csv" "$config/forms.csv"

# --- sheets ---
one book1.csv <<'END'
-------- 1 - 填表说明
2022年4月请认真填写,
地区,投资
双清区,99
-------- 2 - 汇总表
2023年5月,
地区,投资
双清区,1
大祥区,2
-------- 3 - 月度企业数
地区,2023年3月,2023年4月
北塔区,3,4
-------- 4 - 附表
地区,投资
北塔区,99
-------- 5 - 汇总表(2)
地区,投资
北塔区,5
END
is 'sheets by name and by place, each by its form' "$(observed)" \
    'S.inv.value@2023-05=1 D.inv.value@2023-05=2 B.firms.value@2023-03=3 B.firms.value@2023-04=4'
is 'the others are ignored as such' "$(account) $(ignored)" \
    '18,3,2,13,4 1:sheet 2:sheet 3:sheet 4:sheet 5:title 6:title 7:header 10:title 11:header 13:sheet 14:sheet 15:sheet 16:title'
is 'a table whose titles say nothing of the period takes none over from another sheet' "$(rejected)" '17:table.unknown 18:table.unknown'
is 'and the receipt says so' "$(cat "$out"/receipts/*.md | grep -c '工作表 填表说明, 附表 不属于任何报表，未读取')" 1
one book2.csv <<'END'
-------- 1 - 附表
地区,投资
双清区,99
END
is 'none that is read' "$(rejected) $(tail -n +2 "$out/rejects.csv" | grep -o 'lack: [^"]*')" '0:header.missing lack: first: 工作表 sheet 汇总*'
one wide16.csv <<'END'
-------- 1 - 附表
2023年5月,
地区,投资
双清区,9
END
is 'a form that says nothing of sheets reads all' "$(account) $(observed)" '4,1,0,3,1 S.inv.value@2023-05=9'

# --- which form, and what it lacks ---
lacks() { tail -n +2 "$out/rejects.csv" | grep -o 'and what its heads lack: [^"]*' | sed 's/.*lack: //'; }
cp "$config/forms.csv" "$tmp/forms.csv"
cat >"$config/forms.csv" <<'END'
form,files,layout,header,unit_from,period_from,qualifier
one,*.csv,long,,column:企业所在地,,
two,*.csv,periods-across,,,,类别
three,*.csv,long,,,file,
END
one a2023-05.csv <<'END'
某表,,
地区,指标,说明
双清区,投资,1
END
is 'of several forms the nearest' "$(rejected) $(lacks)" '0:header.missing three, 第 2 行 line 2: 数值 OBS_VALUE'
one b2023-05.csv <<'END'
企业所在地,指标,报告期,数字
双清区,投资,2023-05,1
END
is 'by the head that a form names' "$(lacks)" 'one, 第 1 行 line 1: 数值 OBS_VALUE'
sed -i 1,2!d "$config/forms.csv"
printf 'four,*.csv,indicators-across,7,,,\n' >>"$config/forms.csv"
one c.csv <<'END'
甲,乙,丙
1,2,3
END
is 'a line that is not there' "$(lacks)" 'four, 第 7 行 line 7: 单位 REF_AREA, 至少一个指标名 an indicator'
mv "$tmp/forms.csv" "$config/forms.csv"

done_testing
