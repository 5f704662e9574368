#!/bin/sh
# late_many.sh - many who are late or have not sent: the bulletin names some and counts the
# others, the data-quality report names all.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/templates"
cat >"$config/profile.ini" <<'INI'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
utc_offset = +08:00
subject_group = city
[calendar]
deadline_day = 15
deadline_months = 1
INI
cat >"$config/groups.csv" <<'CSV'
group,name_zh,name_en,area
city,全市,City,
CSV
{
    echo 'unit,name_zh,name_en,parent,level,groups'
    for i in $(seq 10 65); do
        echo "U$i,第${i}区,District $i,,county,city"
    done
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'CSV'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department
retail,社零总额,Retail sales,万元,flow,higher,M,computed,1,
CSV
cat >"$config/forms.csv" <<'CSV'
form,files,layout,period_from,lang
retail,retail_{period}*.csv,long,file,zh
CSV
send() { # send UNIT PERIOD MOMENT
    mkdir -p "$root/datasets/p/inbox/$1"
    printf '单位,指标,数值\n%s,retail,7\n' "$1" >"$root/datasets/p/inbox/$1/retail_$2.csv"
    touch -d "$3 +0800" "$root/datasets/p/inbox/$1/retail_$2.csv"
}
# All sent April in time; of May 25 are late, 21 missing, 10 in time.
for i in $(seq 10 65); do
    send "U$i" 2023-04 '2023-05-10 09:00'
    [ "$i" -ge 35 ] || send "U$i" 2023-05 '2023-06-20 09:00'
    [ "$i" -lt 56 ] || send "U$i" 2023-05 '2023-06-10 09:00'
done
"$TB_BIN/tongbao" -C "$root" -p p -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'the night' $? 0
report=$root/reports/p/2023-05
grep '迟报' "$report/bulletin.md" >"$tmp/out"
says 'late: twenty, and how many more' '第10区（.*第29区（迟3个工作日，1项）；另有5个，见数据质量报告$'
silent 'none behind these' '第30区'
grep '未报\*\*' "$report/bulletin.md" >"$tmp/out"
says 'missing: likewise' '第35区（.*第54区（.*；另有1个，见数据质量报告$'
grep '本期未报' "$report/bulletin.md" >"$tmp/out"
says 'units of which nothing is in: likewise' '：第35区、第36区.*、第54区；另有1个，见数据质量报告$'
grep 'Late\*\*' "$report/bulletin.en.md" >"$tmp/out"
says 'in English' 'District 29 \(3 working days, 1 item\); and 5 more, see data quality$'
is 'data-quality names all that were late' \
    "$(sed -n '/^## 迟报/,/^## 未报/p' "$report/data-quality.md" | grep -o '第[0-9]*区（迟' | wc -l)" 25
is 'and all that are missing' \
    "$(sed -n '/^## 未报/,/^## 齐全/p' "$report/data-quality.md" | grep -o '第[0-9]*区（1项' | wc -l)" 21
says 'and in English' '^## Missing$' "$report/data-quality.en.md"
done_testing
