#!/bin/sh
# spread.sh - tables whose figures of one kind stand in different columns, as a scrape of
# many releases leaves them: heads of one meaning, and rows of which no column is read.
. "$(dirname "$0")/lib.sh"
mkdir -p "$root/config/p"
printf '[profile]\nname_zh = 试\nfrequency = M\n' >"$root/config/p/profile.ini"
printf 'unit,name_zh,parent\nS,双清区,\nD,大祥区,\nS1,城南街道,S\nD1,城南街道,D\n' >"$root/config/p/units.csv"
printf 'indicator,name_zh,unit_measure,kind,direction\nhome,新房价格,%%,index,higher\n' >"$root/config/p/indicators.csv"
cat >"$root/config/p/forms.csv" <<'END'
form,files,layout,indicator_from,columns
periods,periods*,periods-across,fixed:home,
wide,wide*,indicators-across,,1-2月平均=home:ytd_growth:指数;1-3月平均=home:ytd_growth:指数;累计=-
END
one() { # one [NAME]: the table on stdin alone in the inbox, collected
    rm -rf "$root/datasets" "$root/run"
    mkdir -p "$root/datasets/p/inbox"
    cat >"$root/datasets/p/inbox/${1:-wide.csv}"
    "$TB_BIN/tongbao-collect" -C "$root" -p p -q --run "$root/run" >/dev/null 2>"$root/err"
    rc=$?
}
account() { sed -n 2p "$root/run/collect/submissions.csv" | cut -d, -f12-20; }
rejects() { tail -n +2 "$root/run/collect/rejects.csv" | cut -d, -f3-7 | paste -s -d ' '; }
one <<'END'
月份,城市,1-2月平均,1-3月平均
2023-02,双清区,104.5,
2023-03,双清区,,104.4
END
is 'two heads to which the form gives one meaning' "$rc $(account)" '0 3,2,0,1,4,2,0,2,2'
one <<'END'
月份,城市,1-2月平均,1-3月平均
2023-02,双清区,104.5,104.4
END
is 'both filled in one row contradict each other' "$rc $(account) $(rejects)" \
    '3 2,0,1,1,2,1,1,0,1 2,19,1-3月平均,104.4,key.conflict'
one <<'END'
月份,城市,1-2月平均,1-2月平均
2023-02,双清区,104.5,
END
is 'one head twice is still twice' "$rc $(rejects)" '3 1,14,1-2月平均,1-2月平均,head.twice'
one <<'END'
月份,城市,1-2月平均,均价,累计
2023-02,双清区,104.5,,
2023-02,大祥区,,7000,
2023-03,大祥区,,,9
END
is 'a row that is filled only under an unknown head' "$rc $(account) $(rejects)" \
    '3 4,2,2,0,3,1,0,2,1 1,14,均价,均价,head.unknown 3,14,均价,7000,row.unread'
# A delimiter too many moves all that stands behind it, also where the last cell is blank.
one <<'END'
月份,城市,1-2月平均,1-3月平均,备注
2023-02,双清区,104.5,,
2023-03,双清区,,,104.4,
2023-03,大祥区,,104.4,
END
is 'a row with a blank cell more than the others' "$rc $(account) $(rejects)" \
    '3 4,2,1,1,6,2,0,4,2 3,0,,2023-03,row.too_long'
one <<'END'
月份,城市,1-2月平均,1-3月平均,备注
2023-02,双清区,104.5,,,
2023-03,双清区,,104.4,,
END
is 'all rows with a blank cell more than the header' "$rc $(account)" '0 3,2,0,1,4,2,0,2,2'
one <<'END'
月份,城市,1-2月平均,1-3月平均,备注
2023-02,双清区,104.5,,
2023-03,双清区,,104.4
2023-03,大祥区,,104.4,x
END
is 'a row without its last cell is taken' "$rc $(account)" '0 4,3,0,1,6,3,0,3,3'
grep -q '第 3 行: 有 1 行末尾的单元格比其他行少' "$root/run/collect/receipts/00001.md"
is 'and the receipt names its line' $? 0
# Names of several units are names of units: the column without a head is found all the same.
one periods.csv <<'END'
,2023年2月,2023年3月
城南街道,104.5,104.4
城南街道,104.3,104.1
双清区,104.9,104.8
END
is 'a column of units without a head, most names borne by two' "$rc $(account)" '3 4,1,2,1,6,2,4,0,2'

done_testing
