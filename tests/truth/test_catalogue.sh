#!/bin/sh
# test_catalogue.sh - every target of the catalogue, through the programs.  For each row of kind
# indicator or milestone figures are made that meet it, and figures that just miss it, from the
# row's own fields (tests/catalogue: nothing of it reads rules); the verdicts must say so.
. "$(dirname "$0")/lib.sh"
catalogue=$TB_DATA/../mission/targets.csv
[ -e "$catalogue" ] || { echo "ok 1 - every target of the catalogue met and missed # SKIP no mission/targets.csv beside the folder of real data"; exit 0; }

# marks VERIFICATION YEAR: every state is reached by all that it asks for, so that figures decide
marks() {
    awk -F, -v year="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "when,who,units,indicators,period,state,result,note"; next }
        { n = split($at["who"], who, ";")
          for (i = 1; i <= n; i++) if (who[i] != "lead" && who[i] != "unit")
              printf "%d-01-%02d,%s,*,*,%s,%s,passed,\n", year + 1, NR, who[i], year, $at["state"] }' "$1"
}
# batch PROFILE SEEDS PERIOD met|missed BATCH: 1 when there is no such batch
batch() {
    folder=$root/$1-$4-$5
    config=$folder/config/$1
    mkdir -p "$folder/config" "$folder/reports" "$folder/datasets/$1/inbox" "$folder/out"
    cp -r "$TB_TOP/config/$1" "$folder/config/"
    rc=0
    "$TB_BUILD/catalogue" "$catalogue" "$config" "$2" "$4" "$5" "$folder/out" >"$folder/told" || rc=$?
    [ $rc -ne 3 ] || return 1
    [ $rc -eq 0 ] || { echo "not ok - the figures of $1 $4 $5 are made"; return 1; }
    cp "$folder/out/figures.csv" "$folder/datasets/$1/inbox/figures.csv"
    # What must be handed in by a day of the last month comes on the 22nd, or after its end.
    came=$3-22
    [ "$4" = met ] || came=$(date -d "$3-01 +1 month +2 days" +%F)
    touch -d "$came 08:00 +0800" "$folder/datasets/$1/inbox/figures.csv"
    cp "$folder/out/quotas.csv" "$config/quotas.csv"
    [ "$(wc -l <"$folder/out/cases.csv")" -le 1 ] || cp "$folder/out/cases.csv" "$config/cases.csv"
    [ ! -s "$config/verification.csv" ] || marks "$config/verification.csv" "${3%-*}" >"$config/marks.csv"
    run=$folder/datasets/$1/runs/draft
    for stage in collect process "analyse $3"; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$folder" -p "$1" --run "$run" $stage >>"$folder/said" 2>&1 || rc=$?
        [ $rc -eq 0 ] || [ $rc -eq 3 ] || { echo "not ok - $1 $4 $5: ${stage%% *}"; tail -n 5 "$folder/said" | sed 's/^/# /'; return 0; }
    done
    # Rejected cells would make a target unknown for the wrong reason.
    [ ! -s "$run/collect/rejects.csv" ] || sed "1d; s/^/$4 rejected: /" "$run/collect/rejects.csv" >>"$root/$1.wrong"
    awk -F, -v mode="$4" 'FNR == 1 { for (i = 1; i <= NF; i++) at[FILENAME, $i] = i; next }
        FILENAME == ARGV[1] { verdict[$at[FILENAME, "target"], $at[FILENAME, "unit"]] = $at[FILENAME, "verdict"]; next }
        { got = verdict[$1, $2]
          good = got == $3 || ($3 == "met" && (got == "agrees" || got == "on_track")) || ($3 == "missed" && (got == "behind" || got == "differs"))
          if (!good) print mode, $1, $2, "expected " $3 ", got " got }' \
        "$run/analyse/verdicts.csv" "$folder/out/expected.csv" >>"$root/$1.wrong"
    cut -d, -f1 "$folder/out/expected.csv" | sed 1d | sort -u >>"$root/$1.$4"
    grep '^passed over' "$folder/told" >>"$root/$1.$4.passed" || :
    sed -n 's/^all //p' "$folder/told" >"$root/$1.all"
    [ "$4$5" != met0 ] || grep '^absent' "$folder/told" >"$root/$1.absent" || :
    [ -n "${KEEP:-}" ] || rm -rf "$folder"
}
# profile PROFILE SEEDS PERIOD
profile() {
    for mode in met missed; do
        : >"$root/$1.$mode"
        i=0
        while batch "$1" "$2" "$3" "$mode" "$i"; do i=$((i + 1)); done
    done
    touch "$root/$1.wrong" "$root/$1.met.passed" "$root/$1.missed.passed" "$root/$1.absent"
    n_met=$(sort -u "$root/$1.met" | wc -l) n_missed=$(sort -u "$root/$1.missed" | wc -l) n_wrong=$(wc -l <"$root/$1.wrong")
    echo "# $1: $n_met targets judged on figures that meet them, $n_missed on figures that miss them, $n_wrong wrong"
    head -n "${SHOW:-40}" "$root/$1.wrong" | sed 's/^/# /'
    sed 's/^/# /' "$root/$1.met.passed" "$root/$1.missed.passed" "$root/$1.absent"
    n_all=$(cat "$root/$1.all")
    # Every row is judged on figures that meet it; on figures that miss it all but those that cannot be missed.
    [ "$n_met" -eq "$n_all" ] && [ $((n_missed + $(wc -l <"$root/$1.missed.passed"))) -eq "$n_all" ] && ok yes "$1: each of its $n_all rows is judged" || ok no "$1: each of its $n_all rows is judged"
    [ "$n_wrong" -eq 0 ] && [ "$n_met" -gt 0 ] && ok yes "$1: every verdict is what the catalogue's words demand" || ok no "$1: every verdict is what the catalogue's words demand"
    [ ! -s "$root/$1.absent" ] && ok yes "$1: no row of the catalogue is left out, nor there twice" || ok no "$1: no row of the catalogue is left out, nor there twice"
}
if [ -n "${ONE:-}" ]; then
    # shellcheck disable=SC2086 # "PROFILE SEEDS PERIOD", to look at one alone
    profile $ONE
else
    profile daxiang-2023 000 2023-12
    profile shuangqing-2023 001 2023-12
    profile xidongting-2024 003 2024-12
    profile plans-2023 002,004 2023-12
fi
echo "1..$n"
