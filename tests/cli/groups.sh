#!/bin/sh
# groups.sh - columns that say what they are only by where they stand: 去年同期 and 增减%
# behind 本月 or behind 累计, and columns that say the same twice.  The data is invented.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
printf '[profile]\nname_zh = 试验\nlanguages = zh;en\nfrequency = M\n' >"$config/profile.ini"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en
S,双清区,Shuangqing
D,大祥区,Daxiang
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals
inv,固定资产投资,投资,万元,flow,higher,M,computed,1
ret,社会消费品零售总额,零售,万元,flow,higher,M,computed,1
loan,贷款余额,贷款,万元,stock,higher,M,computed,1
END
cat >"$config/forms.csv" <<'END'
form,files,layout,measure,period_from,indicator_from
long,long*,long,,,
cells,cells*,long,,cell:R1C2,cell:R2C2
wide,wide*,indicators-across,,,
ytd,ytd*,indicators-across,ytd,,
periods,periods*,periods-across,,,
units,units*,units-across,,,
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
# The heads of one indicator, and what its columns 1, 2, 3 ... were read as.
of() { # of NAME HEADS EXPECTED [TITLE]
    n_heads=$(printf '%s' "$2" | awk -F, '{ print NF }')
    { printf '%s\n地区,%s\n双清区' "${4:-2023年5月固定资产投资}" "$2"
      seq "$n_heads" | sed 's/^/,/' | tr -d '\n'; echo; } | one wide.csv
    got=$(observed | sed 's/S\.inv\.//g; s/@2023-05//g')
    is "$1" "$(rejected) $got" "$3"
}

# --- behind one figure ---
of 'behind 累计' '本月止累计,去年同期,增减%' ' ytd=1 ytd_base=2 ytd_growth=3'
of 'behind 本月' '本月,去年同期,增减%' ' value=1 base=2 growth=3'
of 'each behind its own' '本月,同比±%,累计,同比±%' ' value=1 growth=2 ytd=3 ytd_growth=4'
of '±% alone' '本月,±%,累计,±%' ' value=1 growth=2 ytd=3 ytd_growth=4'
of 'the other way round' '累计,增幅,本月,增幅' ' ytd=1 ytd_growth=2 value=3 growth=4'
of 'with bases' '本月,上年同期,增长（%）,本月止累计,上年同期,比上年同期增长(%)' \
    ' value=1 base=2 growth=3 ytd=4 ytd_base=5 ytd_growth=6'
of 'the same below a title of a span' '本月,同比±%,累计,同比±%' \
    ' value=1 growth=2 ytd=3 ytd_growth=4' 2023年1-5月固定资产投资
of '环比 is of the month' '本月,环比,累计,同比±%' ' value=1 mom=2 ytd=3 ytd_growth=4'
of 'before the only figure that there is' '同比±%,累计' ' ytd_growth=1 ytd=2'
of 'a head without a measure says nothing' '总量,同比±%' ' value=1 growth=2'

# --- behind two figures ---
of '去年同期 behind 累计 is of the span, and growth behind it too' \
    '本月,本月止累计,去年同期,增减%' ' value=1 ytd=2 ytd_base=3 ytd_growth=4'
of 'growth behind two is of nobody knows which' '本月,1-5月累计,增长±%' \
    '2:head.ambiguous value=1 ytd=2'
is 'both are named' "$(grep -c '本月.*1-5月累计' "$out/rejects.csv")" 1
of 'unless its head says it' '本月,累计,累计增长%' ' value=1 ytd=2 ytd_growth=3'
of 'or that of the month' '本月,累计,当月增速' ' value=1 ytd=2 growth=3'
of 'or another head says the other' '本月,累计,同比±%,累计同比±%' \
    ' value=1 ytd=2 growth=3 ytd_growth=4'
of 'also where only 累计 has a figure' '累计,同比±%,累计同比±%' ' ytd=1 growth=2 ytd_growth=3'
of 'twice behind 累计 is no growth of the month' '累计,同比±%,增速%' '2:head.twice 3:value.differs ytd=1'
of 'codes of measures behind that of the indicator' 'inv_ytd,inv_base(万元),inv(growth),inv_mom' \
    ' ytd=1 base=2 growth=3 mom=4'
of 'also below a period' 'inv_ytd,inv_base' ' ytd=1 base=2' '备注,2023年5月'
of '上年同月 is of the month' '本月,累计,上年同月' ' value=1 ytd=2 base=3'
of '去年同期 behind 累计 and 本月' '累计,本月,去年同期' '2:head.ambiguous ytd=1 value=2'
of 'growth behind two with two bases' '本月,上年同月,累计,上年累计,增减%' \
    '2:head.ambiguous value=1 base=2 ytd=3 ytd_base=4'

# --- of which indicator ---
one wide.csv <<'END'
2023年5月投资与零售,,,,,,
地区,投资,增速%,,地区,零售,增速%
双清区,1,2,,大祥区,3,4
END
is 'growth is of the indicator that it stands behind, not of one in the title' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.inv.growth@2023-05=2 D.ret.value@2023-05=3 D.ret.growth@2023-05=4'
one wide.csv <<'END'
2023年5月主要指标,,,,
地区,投资,增速%,零售累计,去年同期
双清区,1,2,3,4
END
is 'also without a title that names one' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.inv.growth@2023-05=2 S.ret.ytd@2023-05=3 S.ret.ytd_base@2023-05=4'
one wide.csv <<'END'
2023年5月固定资产投资,,,,
地区,本月,粮食产量,增速%
双清区,1,2,3
END
is 'behind a head that nobody knows it is of nobody knows what' "$(rejected) $(observed)" \
    '2:head.unknown 2:head.unknown S.inv.value@2023-05=1'

one wide.csv <<'END'
2023年5月,,
地区,投资,
,1-5月,±%
双清区,1,2
END
is '±% below the name of the indicator' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2'

# --- long tables ---
one long.csv <<'END'
2023年5月,,,
地区,指标,1-5月,同比±%
双清区,投资,1,2
END
is 'a span in the head of a long table' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2'
one cells.csv <<'END'
报表期:,2023年5月
指标:,固定资产投资
地区,数值
双清区,1
END
is 'a line above a long table that has a period is no head of it' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1'
one long.csv <<'END'
双清区2023年5月主要指标,,,
指标,单位,累计,同比±%
投资,亿元,1,2
贷款余额,万元,3,4
END
is '单位 over units of measure, where the title names the unit' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=10000 S.inv.ytd_growth@2023-05=2 S.loan.ytd@2023-05=3 S.loan.growth@2023-05=4'
one long.csv <<'END'
双清区2023年5月主要指标,,,
指标,单位,累计,同比±%
投资,亿元,1,2
零售,大祥区,3,4
END
is 'not where one of them is a unit' "$(rejected)" '3:unit.unknown'

# --- periods in heads ---
of 'growth beside a span' '1—5月,同比±%' ' ytd=1 ytd_growth=2'
of 'growth beside a month and a span' '5月,同比±%,1-5月,同比±%' \
    ' value=1 growth=2 ytd=3 ytd_growth=4'
one wide.csv <<'END'
2023年主要指标,,,,
地区,投资,,零售,
,1-5月,同比±%,5月,同比±%
双清区,1,2,3,4
END
is 'the period of growth is that of its figure' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2 S.ret.value@2023-05=3 S.ret.growth@2023-05=4'
one periods.csv <<'END'
固定资产投资,,,
地区,2022年1-5月,2023年1-5月,增长%
双清区,1,2,3
END
is 'of two years the later' "$(rejected) $(observed)" \
    ' S.inv.ytd@2022-05=1 S.inv.ytd@2023-05=2 S.inv.ytd_growth@2023-05=3'
one periods.csv <<'END'
固定资产投资,,,
地区,2023年4月,2023年5月,增长%
双清区,1,2,3
END
is 'of two months neither' "$(rejected) $(observed)" \
    '2:head.ambiguous S.inv.value@2023-04=1 S.inv.value@2023-05=2'

# --- other layouts ---
one wide.csv <<'END'
2023年5月主要指标,,,,
地区,投资累计,投资增长%,零售,零售增长%
双清区,1,2,3,4
END
is 'each indicator by itself' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2 S.ret.value@2023-05=3 S.ret.growth@2023-05=4'
one ytd.csv <<'END'
2023年5月主要指标,,
地区,投资,投资增长%
双清区,1,2
END
is 'behind what the form says is 累计' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2'
one long.csv <<'END'
2023年5月,,,,
指标,地区,时间,本月,本月止累计,去年同期,增减%
投资,双清区,2023-05,1,2,3,4
END
is 'a row for each indicator' "$(rejected) $(observed)" \
    ' S.inv.value@2023-05=1 S.inv.ytd@2023-05=2 S.inv.ytd_base@2023-05=3 S.inv.ytd_growth@2023-05=4'
one long.csv <<'END'
指标,地区,时间,累计,增减%
投资,双清区,2023-05,2,4
贷款,双清区,2023-05,3,5
END
is 'stocks do not add up over months' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=2 S.inv.ytd_growth@2023-05=4 S.loan.ytd@2023-05=3 S.loan.growth@2023-05=5'
one long.csv <<'END'
indicator,unit,period,ytd,growth
inv,S,2023-05,2,3
END
is 'the code of a measure says it' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=2 S.inv.growth@2023-05=3'
one units.csv <<'END'
2023年5月主要指标,,,,
指标,双清区,,大祥区,
,累计,增长%,累计,增长%
投资,1,2,3,4
END
is 'units across' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2 D.inv.ytd@2023-05=3 D.inv.ytd_growth@2023-05=4'

# --- two columns that say the same ---
of 'two heads alike where the numbers differ' '本月,本月' '2:head.twice 3:value.differs '
one long.csv <<'END'
指标,地区,时间,OBS_VALUE,值
投资,双清区,2023-05,1,1.0
零售,双清区,2023-05,1,2
贷款,双清区,2023-05,3,
END
is 'OBS_VALUE beside 值, row by row' "$(rejected) $(observed)" \
    '1:head.twice 3:value.differs S.inv.value@2023-05=1 S.loan.value@2023-05=3'
{ printf '指标,地区,时间,值,数值\n'
  awk 'BEGIN { for (i = 0; i < 80; i++) printf "投资,双清区,%d-%02d,%d,%d\n", 2000 + i / 12, i % 12 + 1, i, i == 75 ? 7 : i }'
} | one long.csv
has 'the place and the number are told' "$out/rejects.csv" ',77,16,值,75,value.differs,'
has 'the other number, too' "$out/rejects.csv" '“75”与同一行中含义相同的另一列的“7”不同'
is 'beyond the rows that are looked at first, too' "$(rejected)" '1:head.twice 77:value.differs'
one long.csv <<'END'
指标,地区,时间,值,值
投资,双清区,2023-05,1,1
END
is 'the very same head' "$(rejected) $(observed)" '1:head.twice S.inv.value@2023-05=1'
one wide.csv <<'END'
2023年5月,,,
地区,投资,零售,投资
双清区,1,2,1.00
大祥区,1,2,3
END
is 'an indicator twice' "$(rejected) $(observed)" \
    '2:head.twice 4:value.differs S.inv.value@2023-05=1 S.ret.value@2023-05=2 D.ret.value@2023-05=2'


# --- nothing is passed over without a word ---
one long.csv <<'END'
指标,地区,时间,本月实际,1-本月,比上年同期±%
投资,双清区,2023-05,1,2,3
END
is 'other words' "$(rejected) $(observed)" \
    '1:head.ambiguous S.inv.value@2023-05=1 S.inv.ytd@2023-05=2'
one long.csv <<'END'
指标,地区,时间,本月,预计全年,联系人
投资,双清区,2023-05,1,2,张三
END
is 'numbers below a head that nobody knows, beside measures' "$(rejected) $(observed)" \
    '1:head.unknown S.inv.value@2023-05=1'
one wide.csv <<'END'
2023年5月,,
地区,,零售
双清区,100,1
大祥区,200,2
END
is 'numbers below no head before the first column' "$(rejected) $(observed)" \
    '2:head.missing S.ret.value@2023-05=1 D.ret.value@2023-05=2'
one wide.csv <<'END'
2023年5月,,
地区,,零售
双清区,1,1
大祥区,2,2
END
is 'running numbers are none' "$(rejected) $(observed)" ' S.ret.value@2023-05=1 D.ret.value@2023-05=2'
one wide.csv <<'END'
2023年5月固定资产投资,,
地区,累计（万元）,同比±%
双清区,1,2
2023年5月社会消费品零售总额,,
地区,累计（亿元）,同比±%
双清区,3,4
END
is 'heads in another unit of measure are no spoilt ones' "$(rejected) $(observed)" \
    ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2 S.ret.ytd@2023-05=30000 S.ret.ytd_growth@2023-05=4'

# --- rows by their places ---
rows() { # rows NAME EXPECTED: names of rows on stdin, in a table of units
    { printf '2023年5月主要指标,\n指标,双清区\n'; awk '{ print $0 "," NR }'; } | one units.csv
    is "$1" "$(rejected) $(observed)" "$2"
}
rows 'growth below a row of 累计' ' S.inv.ytd@2023-05=1 S.inv.ytd_growth@2023-05=2' <<'END'
投资累计（万元）
投资增长（%）
END
rows 'below a row of the month' ' S.inv.value@2023-05=1 S.inv.growth@2023-05=2' <<'END'
投资（万元）
投资增长（%）
END
rows 'below both nobody knows' '5:measure.unknown S.inv.value@2023-05=1 S.inv.ytd@2023-05=2' <<'END'
投资
投资累计
投资增长（%）
END
rows 'each below its own' \
    ' S.inv.value@2023-05=1 S.inv.growth@2023-05=2 S.inv.ytd@2023-05=3 S.inv.ytd_growth@2023-05=4' <<'END'
投资
投资增长（%）
投资累计
投资增长（%）
END
rows 'of another indicator' ' S.inv.ytd@2023-05=1 S.ret.growth@2023-05=2' <<'END'
投资累计
零售增长（%）
END

done_testing
