#!/bin/sh
# misread.sh - what could be read as something that it is not: dates that are no period,
# numbers that are no code, titles that hold for one table and not for the next.
# The data is invented.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
printf '[profile]\nname_zh = 试验\nlanguages = zh;en\nfrequency = M\n' >"$config/profile.ini"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en
S,双清区,Shuangqing
D,大祥区,Daxiang
B,北塔区,Beita
1,一县,One
2,二县,Two
12,十二县,Twelve
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals
inv,固定资产投资,投资,万元,flow,higher,M,computed,1
ret,社会消费品零售总额,零售,万元,flow,higher,M,computed,1
firms,企业数,,个,count,higher,M,computed,0
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header
long,long*,long,
wide,wide*,indicators-across,
periods,periods*,periods-across,
declared,declared*,periods-across,2-3
END
data=$root/datasets/p
out=$root/run/collect

one() { # one NAME: the file on stdin alone in the inbox, collected
    rm -rf "$data" "$root/run"
    mkdir -p "$data/inbox"
    cat >"$data/inbox/$1"
    touch -d 2023-07-20T00:00:00Z "$data/inbox/$1"
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >"$root/account" 2>"$root/err"
}
rejected() { # line:reason of each
    awk -F, 'NR > 1 { printf "%s%s:%s", s, $3, $7; s = " " }' "$out/rejects.csv"
}
observed() { # unit.indicator.measure@period=value of each
    "$TB_BIN/tongbao" -C "$root" -p p --run "$root/run" export observations >"$root/observations" 2>"$root/err"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
             { printf "%s%s.%s.%s@%s=%s", s, $at["REF_AREA"], $at["INDICATOR"], $at["MEASURE"],
                      $at["TIME_PERIOD"], $at["OBS_VALUE"]; s = " " }' "$root/observations"
}

# --- periods ---
one wide.csv <<'END'
填报日期：2023年6月15日,,
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
END
is 'the day of filling in is no period' "$(observed)" \
    'S.inv.value@2023-05=1 S.ret.value@2023-05=2'

one wide.csv <<'END'
制于2023年6月1日,,
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
END
is 'nor is the first of a month among words' "$(observed)" \
    'S.inv.value@2023-05=1 S.ret.value@2023-05=2'

one 'wide 2023-06-15.csv' <<'END'
地区,投资,零售
双清区,1,2
END
is 'a day in the name of the file is no period' "$(rejected) $(observed)" '0:period.unstated '

one 'wide 2022-2023.csv' <<'END'
地区,投资,零售
双清区,1,2
END
is 'of two years none is taken' "$(rejected) $(observed)" '0:period.unstated '

one periods.csv <<'END'
2022年、2023年固定资产投资对比,,
地区,4月,5月
双清区,1,2
END
is 'two years in one title say nothing of 5月' "$(rejected) $(observed)" '0:header.missing '

one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
2023年6月1日,,
地区,投资,零售
大祥区,3,4
END
is 'a date between pages is no section' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-05=3 D.ret.value@2023-05=4'

one declared.csv <<'END'
固定资产投资,,,
地区,2023年,,
,2022年5月,5月,6月
双清区,1,2,3
END
is 'a period does not lie in another year' "$(rejected) $(observed)" \
    '3:period.malformed S.inv.value@2023-05=2 S.inv.value@2023-06=3'

# --- numbers that are also codes of units ---
one wide.csv <<'END'
2023年5月主要指标,,
序号,名称,投资,零售
1,双清区,1,2
2,大祥区,3,4
12,北塔区,5,6
END
is 'running numbers are no units' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-05=3 D.ret.value@2023-05=4 B.inv.value@2023-05=5 B.ret.value@2023-05=6'

one wide.csv <<'END'
2023年12月主要指标,,
时间,投资,零售
2023年5月,1,2
END
is 'neither are numbers of a table, nor a month in its title' "$(rejected) $(observed)" \
    '0:unit.unstated '

# --- units of measure above the table ---
above() { # above NAME LINE EXPECTED: a table below 2023年5月 and that line
    one wide.csv <<END
2023年5月主要指标,,
$2
地区,投资,零售
双清区,10000,20000
END
    is "$1" "$(rejected) $(observed)" "$3"
}
above '金额单位 is one of numbers' '金额单位：元,,' ' S.inv.value@2023-05=1 S.ret.value@2023-05=2'
above '填报单位 is not' '填报单位：百色市,,' ' S.inv.value@2023-05=10000 S.ret.value@2023-05=20000'
above '单位 and its word in two cells' ',单位：,元' ' S.inv.value@2023-05=1 S.ret.value@2023-05=2'
above 'the same without a colon' '计量单位,,元' ' S.inv.value@2023-05=1 S.ret.value@2023-05=2'
above 'money of another kind is not taken for yuan' '单位：美元,,' '4:uom.mismatch 4:uom.mismatch '
above 'of two sizes none is taken' '单位：亿元、万元,,' '4:uom.ambiguous 4:uom.ambiguous '
above 'nor of two in brackets' '投资（亿元）零售（万元）,,' '4:uom.ambiguous 4:uom.ambiguous '
above 'one in brackets' '投资和零售（元）,,' ' S.inv.value@2023-05=1 S.ret.value@2023-05=2'
above 'other words in brackets' '投资（不含农户）（千山区）,,' ' S.inv.value@2023-05=10000 S.ret.value@2023-05=20000'

one wide.csv <<'END'
2023年5月主要指标,,
单位：亿元,,
地区,投资,零售
双清区,1,2

地区,零售,企业数
北塔区,5,6
END
is 'a later table that says none takes that of the first' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=10000 S.ret.value@2023-05=20000 B.ret.value@2023-05=50000 B.firms.value@2023-05=6'

# --- the same heads once more, below other titles ---
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
2023年6月主要指标,,
地区,投资,零售
北塔区,5,6
END
is 'the next page is of another month' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 B.inv.value@2023-06=5 B.ret.value@2023-06=6'

one wide.csv <<'END'
2023年5月主要指标,,
单位：万元,,
地区,投资,零售
双清区,1,2
单位：亿元,,
地区,投资,零售
北塔区,5,6
END
is 'or in another unit of measure' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 B.inv.value@2023-05=50000 B.ret.value@2023-05=60000'

one periods.csv <<'END'
固定资产投资,,
地区,2023年5月,2023年6月
双清区,1,2
粮食产量,,
地区,2023年5月,2023年6月
大祥区,3,4
各县区零售完成情况,,
地区,2023年5月,2023年6月
北塔区,5,6
END
is 'or of something that is not known' "$(rejected) $(observed)" \
    '5:table.unknown 6:table.unknown S.inv.value@2023-05=1 S.inv.value@2023-06=2 B.ret.value@2023-05=5 B.ret.value@2023-06=6'

one periods.csv <<'END'
固定资产投资,,
地区,2023年5月,2023年6月
双清区,1,2
第1页 共2页,,
注：初步数,,
续表,,
地区,2023年5月,2023年6月
大祥区,3,4
合计,4,6
固定资产投资,,
地区,2023年5月,2023年6月
北塔区,5,6
END
is 'page marks and the same title are of one table' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.inv.value@2023-06=2 D.inv.value@2023-05=3 D.inv.value@2023-06=4 B.inv.value@2023-05=5 B.inv.value@2023-06=6'

# --- sheets of a workbook, one below the other ---
sheets() { # sheets NAME-OF-2 TITLE-OF-2 HEADER-OF-2
    one wide.csv <<END
-------- 1 - 甲
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
-------- 2 - $1
$2
$3
北塔区,5,6
END
}
sheets 乙 2023年6月主要指标,, 地区,投资,零售
is 'another sheet has its own month' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 B.inv.value@2023-06=5 B.ret.value@2023-06=6'
sheets 2023年6月 ,, 地区,投资,零售
is 'which its name may say' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 B.inv.value@2023-06=5 B.ret.value@2023-06=6'
sheets Sheet2 ,, 地区,投资,零售
is 'if it says none, none is taken over' "$(rejected) $(observed)" \
    '7:table.unknown 8:table.unknown S.inv.value@2023-05=1 S.ret.value@2023-05=2'
sheets 乙 2023年6月主要指标,, 大祥区,3,4
is 'rows without a header are of no table' "$(rejected) $(observed)" \
    '7:table.unknown 8:table.unknown S.inv.value@2023-05=1 S.ret.value@2023-05=2'

# --- nothing is passed over without a word ---
one long.csv <<'END'
单位,指标,报告期,数值,同比
双清区,投资,2023-05,1,5.3
END
is 'a measure beside the column of values' "$(rejected) $(observed)" \
    '1:head.unknown S.inv.value@2023-05=1'

one wide.csv <<'END'
2023年5月,,,,
地区,投资,,,零售
,本月,累计,,本月
双清区,1,2,3,4
大祥区,1,2,,4
END
is 'a column of numbers without a head' "$(rejected) $(observed)" \
    '3:head.missing S.inv.value@2023-05=1 S.inv.ytd@2023-05=2 S.ret.value@2023-05=4 D.inv.value@2023-05=1 D.inv.ytd@2023-05=2 D.ret.value@2023-05=4'

done_testing
