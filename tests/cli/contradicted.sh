#!/bin/sh
# contradicted.sh - what a table says against its title, its name and its total line.
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
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals
inv,固定资产投资,投资,万元,flow,higher,M,computed,1
ret,社会消费品零售总额,零售,万元,flow,higher,M,computed,1
END
cat >"$config/forms.csv" <<'END'
form,files,layout,period_from
wide,wide*,indicators-across,
titled,titled*,indicators-across,title
named,named_{period}*,indicators-across,
periods,periods*,periods-across,
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
told() { # the remarks that hold a word
    sed -n "s/^- \(.*$1.*\)/\1/p" "$out"/receipts/*.md | sed 's/\\//g'
}

# --- periods ---
one wide.csv <<'END'
2023年5月主要指标,,
时间,地区,投资
2023年6月,双清区,1
2023年6月,大祥区,2
END
is 'rows of another month than the title' "$(rejected) $(observed)|$(told 标题)" \
    ' S.inv.value@2023-06=1 D.inv.value@2023-06=2|第 2 行: 标题写的时期是 2023-05，表中数据却是 2023-06 的；已按表中所写读取，请核对'
one wide.csv <<'END'
2023年5月主要指标,,
时间,地区,投资
2023年6月,双清区,1
2023年5月,双清区,2
2022年5月,双清区,2
END
is 'a row of the month of the title is enough' "$(rejected)|$(told 标题)" '|'
one wide.csv <<'END'
2023年主要指标（1-5月）,,
时间,地区,投资
2023年3月,双清区,1
END
is 'a month within the span of the title' "$(rejected)|$(told 标题)" '|'
one periods.csv <<'END'
2023年5月固定资产投资,
地区,2023年6月
双清区,1
END
is 'a head of another month' "$(rejected) $(observed)|$(told 标题 | grep -c '2023-06 的')" ' S.inv.value@2023-06=1|1'
one titled.csv <<'END'
2023年5月主要指标,,
时间,地区,投资
2023年6月,双清区,1
2023年5月,大祥区,2
END
is 'refused where the form takes the period from the title' "$(rejected) $(observed)" \
    '3:period.differs D.inv.value@2023-05=2'
has 'with both periods' "$out/rejects.csv" ',2023年6月,period.differs,2023-05,'
one named_2023-06.csv <<'END'
2023年5月主要指标,
地区,投资
双清区,1
END
is 'a name against the title' "$(observed)|$(told 标题 | grep -c '2023-06 的')" 'S.inv.value@2023-06=1|1'
one 'wide 2023年6月.csv' <<'END'
2023年5月主要指标,
地区,投资
双清区,1
END
is 'a title against the name' "$(observed)|$(told 文件名)" \
    'S.inv.value@2023-05=1|文件名写的时期是 2023-06，数据却是 2023-05 的；已按表中所写读取，请核对'
one 'wide 2023年5月.csv' <<'END'
2023年5月主要指标,
地区,投资
双清区,1
2023年4月主要指标,
地区,投资
双清区,1
2023年4月主要指标,,
时间,地区,投资
2023年6月,双清区,1
END
is 'each table by itself, the name for all' "$(told 时期)" \
    '第 8 行: 标题写的时期是 2023-04，表中数据却是 2023-06 的；已按表中所写读取，请核对'

# --- totals over rows with missing cells ---
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,4,2
大祥区,,3
北塔区,未报,4
合计,9,9
END
is 'a total over cells that are missing cannot be judged' "$(told 合计)" \
    '第 6 行: 有 1 个合计数无法核对，因为其中缺：大祥区 投资 :4、北塔区 投资 :5'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,4,
大祥区,5,
合计,9,9
END
is 'nor over a column without a number' "$(told 合计)" \
    '第 5 行: 有 1 个合计数无法核对，因为其中缺：双清区 零售 :3、大祥区 零售 :4'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,4,2
大祥区,不适用,0
合计,9,2
END
is 'what is not applicable is nothing' "$(told 合计)" '第 5 行第 4 字 (投资): 合计数 9 与各行之和 4 不符'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,4,2
大祥区,,3
合计,4,9
END
is 'one that agrees all the same, beside one that does not' "$(told 合计)" \
    '第 5 行第 6 字 (零售): 合计数 9 与各行之和 5 不符'
one wide.csv <<'END'
2023年5月主要指标,,
地区,投资,零售
双清区,4,2
小计,9,2
大祥区,,3
小计,7,3
合计,16,5
END
is 'only the parts that lack some' "$(told 合计)" \
    '第 6 行: 有 2 个合计数无法核对，因为其中缺：大祥区 投资 :5
第 4 行第 4 字 (投资): 合计数 9 与各行之和 4 不符'
done_testing
