#!/bin/sh
# The shipped profile shuangqing-2023 prints what its source printed: the 32 lists
# of townships, the places of the district, progress cut to whole percents, the
# nine items of the bottom three, composite, classes and consequences; and the
# checks that a reproduction of the source must pass.  Expected facts: tests/data.
. "$(dirname "$0")/lib.sh"
LC_ALL=C.UTF-8 # grep has to see characters
profile=shuangqing-2023
text=$root/reports/$profile/2023-02/bulletin.md
gives() { # gives NAME GOT WANT; nothing is never what is wanted
    is "$1" "$2" "${3:-something}"
}
contains() { # contains NAME TEXT PART
    case $2 in *"$3"*) ok "$1" 0 ;; *) ok "$1" 1; printf '# got  %s\n# want %s\n' "$2" "$3" ;; esac
}

mkdir -p "$root/config" "$root/datasets/$profile/inbox" "$root/reports"
cp -r "$TB_TOP/config/$profile" "$root/config/"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
"$TB_TOP/tests/send" "$TB_BIN" "$profile" "$root/datasets/$profile/inbox"
"$TB_BIN/tongbao" -C "$root" -p "$profile" -q run 2023-02 >"$root/out" 2>"$root/err"
gives "the night ends well" $? 0
sed 's/^/# /' "$root/err" | head -n 20
[ -e "$text" ] || { ok "there is a bulletin" 1; done_testing; }

facts() { grep -v '^#' "$TB_TOP/tests/data/shuangqing-$1.txt"; }
# The paragraph that speaks of an item: it begins with its name, behind the period.
paragraph() {
    awk -v item="$1" '{ line = $0; sub(/^2023年(1—)?2月，/, "", line) }
        index(line, item) == 1 && line !~ /^[|]/ { print; exit }' "$text"
}
# One list with the names of each tied group sorted: the source gives them no order.
sorted() {
    awk '{ colon = index($0, "："); printf "%s", substr($0, 1, colon + length("：") - 1)
        m = split(substr($0, colon + length("：")), part, "，")
        for (p = 1; p <= m; p++) {
            tie = sub(/（并列）$/, "", part[p]); k = split(part[p], name, "、")
            for (i = 2; tie && i <= k; i++)
                for (j = i; j > 1 && name[j] < name[j - 1]; j--) { t = name[j]; name[j] = name[j - 1]; name[j - 1] = t }
            printf "%s", (p > 1 ? "，" : "")
            for (i = 1; i <= k; i++) printf "%s%s", (i > 1 ? "、" : ""), name[i]
            printf "%s", (tie ? "（并列）" : "")
        } print "" }'
}
list() { # list TOP|BOTTOM of the paragraph on standard input
    if [ "$1" = top ]; then grep -o '\(前三\|靠前\)：[^；]*' ; else grep -o '\(后三\|靠后\)：[^。]*'; fi | head -n 1
}

# Lists of townships: names in order, label, mark of a tie, comma.
facts lists >"$root/lists"
while IFS='|' read -r item top bottom; do
    line=$(paragraph "$item")
    gives "$item: best" "$(printf '%s\n' "$line" | list top | sorted)" "$(printf '%s\n' "$top" | sorted)"
    gives "$item: worst" "$(printf '%s\n' "$line" | list bottom | sorted)" "$(printf '%s\n' "$bottom" | sorted)"
done <"$root/lists"
gives "the facts hold 32 lists" "$(($(wc -l <"$root/lists") * 2))" 32

# Places of the district; one that was not published is left out.
facts places >"$root/places"
while IFS='|' read -r item city group; do
    line=$(paragraph "$item")
    line=${line%%。*}
    if [ "$city" = - ]; then
        ok "$item: no place in the city" "$(case $line in *排全市*) echo 1 ;; *) echo 0 ;; esac)"
    else
        contains "$item: place in the city" "$line" "排全市$city（共12个）"
    fi
    if [ "$group" = - ]; then
        ok "$item: no place in a group" "$(case $line in *[三四]区*第*) echo 1 ;; *) echo 0 ;; esac)"
    else
        contains "$item: place in its group" "$line" "$group"
    fi
done <"$root/places"

facts rest >"$root/rest"
while IFS='|' read -r kind a b c; do
    case $kind in
    progress)
        contains "$a" "$(paragraph "$a")" "$a。"
        contains "$b" "$(grep -A 2 "$a。" "$text")" "$b" ;;
    bottom)
        row=$(sed -n '/^## 三、/,/^## 四、/p' "$text" | grep "^| $a " | sed 's/ *| */|/g')
        contains "bottom three: $a" "$row" "|$a|$b|"
        contains "bottom three: $a, who answers" "$row" "|$c|" ;;
    composite)
        got=$(sed -n '/^## 四、/,/^## 五、/p' "$text" | sed -n 's/^| *[0-9][0-9]* | \([^ |]*\) .*/\1/p' | tr '\n' ' ' | sed 's/ $//; s/ /、/g')
        gives "composite order" "$got" "$a"
        composite=$a ;;
    class) gives "$a" "$(sed -n "s/^- \*\*$a\*\*：//p" "$text")" "$b" ;;
    to) contains "$a: $b" "$(sed -n '/^## 五、/,/^---/p' "$text" | grep "^- \*\*$a\*\*")" "$b" ;;
    esac
done <"$root/rest"

# The checks of a reproduction.
bottom=$(sed -n '/^## 三、/,/^## 四、/p' "$text" | grep -c '^| .*第')
gives "1 the list has nine items" "$bottom" 9
printed=$(grep -c '^2023年2月，.*排全市第十' "$text")
inlist=$(sed -n '/^## 三、/,/^## 四、/p' "$text" | grep -c '^| .*全市第')
gives "1 every item printed at place 10, 11 or 12 and no other of the city is in it" "$inlist" "$printed"
grep -o '\(前三\|靠前\)：[^；]*；\(后三\|靠后\)：[^。]*' "$text" >"$root/printed"
both=$(awk '{ gsub(/（并列）/, ""); split($0, half, "；"); sub(/^[^：]*：/, "", half[1]); sub(/^[^：]*：/, "", half[2])
    gsub(/，/, "、", half[1]); gsub(/，/, "、", half[2]); k = split(half[1], a, "、")
    for (i = 1; i <= k; i++) if (index("、" half[2] "、", "、" a[i] "、")) bad++ } END { print bad + 0 }' "$root/printed")
gives "2 nobody is in the top and the bottom list of an item" "$both" 0
sed 's/；/\n/' "$root/printed" >"$root/single"
gives "3 前三 and 后三 have three names and no tie" \
    "$(grep '^[前后]三：' "$root/single" | grep -vc '^[前后]三：[^、，（]*、[^、，（]*、[^、，（]*$')" 0
gives "3 and the other labels do not" \
    "$(grep -v '^[前后]三：' "$root/single" | grep -v '石桥街道、东风路街道、兴隆街道$' | grep -vc '（并列）')" 0
gives "4 a tie is marked where the facts have one" \
    "$(grep -c '（并列）' "$root/single")" "$(tr '|' '\n' <"$root/lists" | grep -c '（并列）')"
gives "5 every township has one place" "$(printf '%s\n' "$composite" | sed 's/、/\n/g' | sort -u | wc -l)" 12
gives "5 no department is in two classes" "$(facts rest | grep '^class' | sed 's/.*|//; s/、/\n/g' | sort | uniq -d | wc -l)" 0
gives "6 the first and the last are awarded and called in" \
    "$(sed -n '/^## 五、/,/^---/p' "$text" | grep -c "^- \*\*\(${composite%%、*}\*\*.*奖励\|${composite##*、}\*\*.*约谈\)")" 2
gives "7 what was cut in print is judged in full" \
    "$(grep -c '职业技能培训 .* 序时 ' "$text")" 1
gives "7 a number in front of the words of a target is printed" "$(grep -c '^| 中央预算内项目资金支付率 .* 12 个项目的资金支付率均不到 10% ' "$text")" 1
gives "7 what is not reported of a task is said in words" "$(grep -c '非 \| reported' "$text")" 0
gives "8 no place is printed as zero" "$(grep -c '第零\|第0\|排全市第（' "$text")" 0
gives "9 the three townships below the threshold are those of the list" \
    "$(grep -o '^- \*\*进展滞后\*\*.*' "$text" | sed 's/.*：//; s/、/\n/g' | sort | tr '\n' ' ')" \
    "$(printf '高崇山镇\n爱莲街道\n渡头桥镇\n' | sort | tr '\n' ' ')"
contains "late submissions by name" "$(grep '^- \*\*迟报\*\*' "$text")" 区卫健局

done_testing
