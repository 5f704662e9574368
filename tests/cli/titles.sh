#!/bin/sh
# titles.sh - what lines of text above tables and between rows say, and what is done where
# they leave open what is meant: nothing is guessed without a word.  The data is invented.
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

told() { # lines and texts of the remarks of a kind, by a word of them
    sed -n "s/^- \(第 [0-9]* 行[^:]*\): \(.*$1.*\)/\1 \2/p" "$out"/receipts/*.md | sed 's/\\//g'
}

# --- units of measure between rows ---
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
单位：亿元,,
大祥区,3,4
END
is 'a unit of measure between rows holds for those below it' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-05=30000 D.ret.value@2023-05=40000'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
,,（计量单位：亿元）
大祥区,3,4
,单位：,元
北塔区,50000,60000
END
is 'wherever it stands in its row' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-05=30000 D.ret.value@2023-05=40000 B.inv.value@2023-05=5 B.ret.value@2023-05=6'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
单位：亿元、万元,,
大祥区,3,4
END
is 'one of two sizes refuses them' "$(rejected)" '5:uom.ambiguous 5:uom.ambiguous'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
单位：亿元,,
END
is 'below the last row it is told that nothing was read by it' \
    "$(observed)|$(told 计量单位)" \
    'S.inv.value@2023-05=1 S.ret.value@2023-05=2|第 4 行 此行写明计量单位“亿元”，但其下没有数据；其上的数据未按它读取'
one periods.csv <<'END'
地区,2023年4月,2023年5月
一、固定资产投资,,
单位：亿元,,
双清区,1,2
END
is 'it ends no section' "$(rejected) $(observed)" ' S.inv.value@2023-04=10000 S.inv.value@2023-05=20000'

# --- titles of several cells between tables ---
one wide.csv <<'END'
2023年5月主要指标,,,
地区,投资,零售,企业数
双清区,1,2,1
表2,,,单位：亿元
地区,投资,零售
大祥区,3,4
END
is 'the name of a table and a unit of measure' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 S.firms.value@2023-05=1 D.inv.value@2023-05=30000 D.ret.value@2023-05=40000'
one wide.csv <<'END'
2023年5月主要指标,,,
地区,投资,零售
双清区,1,2
2023年6月,,单位：亿元
地区,投资,零售
大祥区,3,4
END
is 'a period and a unit of measure' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-06=30000 D.ret.value@2023-06=40000'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,1,2
2023年6月,,某市统计局
地区,投资,零售
大祥区,3,4
END
is 'what cannot be told from a row is refused, and heard all the same' "$(rejected) $(observed)" \
    '4:unit.unknown S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-06=3 D.ret.value@2023-06=4'
one wide.csv <<'END'
表1,,2023年5月,单位：亿元
地区,投资,零售,
双清区,1,2,
END
is 'above the first table each cell is heard' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=10000 S.ret.value@2023-05=20000'
one periods.csv <<'END'
2023年固定资产投资,,
地区,4月,5月
双清区,1,2
单位：亿元,2023年4月,2023年5月
大祥区,3,4
END
is 'heads with a unit of measure in their corner are no caption' \
    "$(rejected | grep -c '4:') $(observed)" '1 S.inv.value@2023-04=1 S.inv.value@2023-05=2'

# --- lines that nobody knows ---
one periods.csv <<'END'
固定资产投资,,
地区,2023年4月,2023年5月
双清区,1,2
粮食产量（吨）,,
大祥区,3,4
END
is 'a line that may be another indicator ends that of the title' "$(rejected) $(observed)" \
    '5:indicator.missing S.inv.value@2023-04=1 S.inv.value@2023-05=2'
one periods.csv <<'END'
固定资产投资,,
地区,2023年4月,2023年5月
双清区,1,2
城区各街道,,
大祥区,3,4
END
is 'one that nobody knows changes nothing, and is told' "$(rejected) $(observed)|$(told 含义不明)" \
    ' S.inv.value@2023-04=1 S.inv.value@2023-05=2 D.inv.value@2023-04=3 D.inv.value@2023-05=4|第 4 行 数据之间的“城区各街道”含义不明；其下各行仍按标题所写指标“固定资产投资”读取，请核对'

# --- titles that name two ---
unclear() { # what a file-level reject names
    awk -F, 'NR > 1 { print $7 " " $9 }' "$out/rejects.csv" | head -n 1
}
above() { # above NAME EXPECTED: a table of months below the lines of stdin, and no unit column
    { cat; printf '时间,投资,零售\n2023年5月,1,2\n'; } | one wide.csv
    is "$1" "$(rejected) $(observed)" "$2"
}
S=' S.inv.value@2023-05=1 S.ret.value@2023-05=2'
above 'of two units none is taken' '0:unit.unclear ' <<'END'
双清区、大祥区主要指标对比,,
END
is 'both are named' "$(grep -c '双清区、大祥区）' "$out/rejects.csv")" 1
above 'nor of two in two lines' '0:unit.unclear ' <<'END'
双清区主要指标,,
与大祥区对比,,
END
above 'one that is said twice is one' "$S" <<'END'
双清区主要指标,,
双清区统计局,,
END
above 'the one behind a label counts' "$S" <<'END'
各县区主要指标（北塔区除外）,,
填报单位：双清区统计局,,
END
above 'or the one that alone stands nearest to the table' "$S" <<'END'
大祥区、北塔区、双清区主要指标,,
双清区,,
END
of_month() { # of_month NAME EXPECTED: a table of units below the lines of stdin
    { cat; printf '地区,投资,零售\n双清区,1,2\n'; } | one wide.csv
    is "$1" "$(rejected) $(observed)" "$2"
}
of_month 'of two months none is taken' '0:period.unclear ' <<'END'
2023年4月主要指标,,
2023年5月发布稿,,
END
is 'both months are named' "$(grep -c '2023年4月、2023年5月）' "$out/rejects.csv")" 1
of_month 'the month of printing is none' "$S" <<'END'
2023年5月主要指标,,
某市统计局2023年6月编,,
END
of_month 'a year and a month in it are one' "$S" <<'END'
2023年主要指标,,
（2023年5月）,,
END
of_month 'a month and the span that ends with it are the span' \
    ' S.inv.ytd@2023-05=1 S.ret.ytd@2023-05=2' <<'END'
2023年5月主要指标（1-5月）,,
END
of_month 'the month that alone stands nearest to the table' "$S" <<'END'
2023年4月报告,,
2023年5月,,
END
of() { # of NAME EXPECTED: a table of months below the lines of stdin
    { cat; printf '地区,2023年4月,2023年5月\n双清区,1,2\n'; } | one periods.csv
    is "$1" "$(rejected) $(observed)" "$2"
}
of 'of two indicators none is taken' '0:indicator.unclear ' <<'END'
固定资产投资和社会消费品零售总额,,
END
is 'both indicators are named' "$(grep -c '社会消费品零售总额、固定资产投资）' "$out/rejects.csv")" 1
of 'a name within a longer one is none' ' S.inv.value@2023-04=1 S.inv.value@2023-05=2' <<'END'
固定资产投资（投资完成额）,,
END

# --- two columns that say the same thing ---
one wide.csv <<'END'
2023年5月,,,
地区代码,地区,投资,零售
S,双清区,1,2
D,北塔区,1,2
430502,大祥区,3,4
END
is 'a code of another unit than the name' "$(rejected) $(observed)" \
    '4:unit.differs S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.inv.value@2023-05=3 D.ret.value@2023-05=4'
one long.csv <<'END'
地区,指标代码,指标名称,时间,数值
双清区,inv,投资,2023-05,1
双清区,inv,零售,2023-05,1
END
is 'or of another indicator' "$(rejected) $(observed)" '3:indicator.differs S.inv.value@2023-05=1'
one long.csv <<'END'
地区,指标,时间,OBS_VALUE,值
双清区,inv,2023-05,1,2
END
is 'two columns of values that differ' "$(rejected) $(observed)" '1:head.twice 2:value.differs '
one long.csv <<'END'
地区,指标,时间,OBS_VALUE,值
双清区,inv,2023-05,1,1
END
is 'two that do not' "$(rejected) $(observed)" '1:head.twice S.inv.value@2023-05=1'

# --- measures ---
of 'a title that says 累计' ' S.inv.ytd@2023-04=1 S.inv.ytd@2023-05=2' <<'END'
固定资产投资累计完成情况,,
END
of 'one that says a rate of growth' ' S.inv.growth@2023-04=1 S.inv.growth@2023-05=2' <<'END'
固定资产投资同比增速,,
END
of 'one that says both' '0:measure.unclear ' <<'END'
固定资产投资完成额及增速,,
END
of 'a rate of growth in 万元' '0:measure.unclear ' <<'END'
固定资产投资增速,,
单位：万元,,
END
one wide.csv <<'END'
2023年5月主要指标累计完成情况,,,
地区,投资,投资同比增长%,零售
双清区,1,5,2
END
is 'growth below 累计 is that of the sum' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=5 S.ret.ytd@2023-05=2'
one wide.csv <<'END'
2023年1-5月投资累计完成情况,,,
地区,投资本月,投资累计,投资当月同比
双清区,1,5,2
END
is '本月 is the month, whatever span the title speaks of' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.inv.ytd@2023-05=5 S.inv.growth@2023-05=2'
printf 'form,files,layout,measure\nperiods,periods*,periods-across,value\n' >"$config/forms.csv"
of 'a form that states the measure goes before the title' ' S.inv.value@2023-04=1 S.inv.value@2023-05=2' <<'END'
固定资产投资累计完成情况,,
END
is 'and that is told' "$(grep -c '所写口径与报表规定的口径（value）不同' "$out"/receipts/*.md)" 1

done_testing
