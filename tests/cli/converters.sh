#!/bin/sh
# converters.sh - spreadsheets through the converters of profile.ini: what check says
# of them, what they make, what becomes of files where they fail.  Most converters here
# are scripts that are written here, some of them ill-natured.  Prints TAP.
set -u
: "${TB_BIN:?TB_BIN is the folder of the programs}"
LC_ALL=C TZ=UTC
export LC_ALL TZ
root=$(mktemp -d) || exit 1
[ -n "${KEEP:-}" ] || trap 'rm -rf "$root"' EXIT
n=0

ok() { # ok NAME STATUS
    n=$((n + 1))
    if [ "$2" -eq 0 ]; then echo "ok $n - converters: $1"; else echo "not ok $n - converters: $1"; fi
}
is() { # is NAME GOT EXPECTED
    if [ "$2" = "$3" ]; then
        ok "$1" 0
    else
        ok "$1" 1
        echo "# got:      $2"
        echo "# expected: $3"
    fi
}
has() { # has NAME FILE TEXT
    grep -qF -- "$3" "$2"
    ok "$1" $?
}

config=$root/config/p
mkdir -p "$config"
cat >"$config/units.csv" <<'END'
unit,name_zh,groups
S,双清区,city
D,大祥区,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
inv,固定资产投资,万元,flow,higher
END
profile() { # profile: the lines on stdin behind the least profile
    { printf '[profile]\nname_zh = 试验\n'; cat; } >"$config/profile.ini"
}
check() { # the messages of check, without the folder
    "$TB_BIN/tongbao" -C "$root" -p p check >"$root/checked" 2>"$root/err"
    rc=$?
    sed "s|^.*/config/p/||" "$root/err" >"$root/said"
}

# --- what check says ---
profile <<'END'
[converters]
timeout = 5
max_mib = 1
memory_mib = 0
.a = /bin/cat {in}
.b = sh -c 'cat "$1" >"$2"' "a b" x\ y {in} --to={out}
[inbox]
grace = 0
owners = self;root
END
check
is 'commands and limits are taken' "$(cat "$root/said")$rc" 0
profile <<'END'
[converters]
.x = no-such-program {in}
END
check
is 'a program that is not there is a warning' "$(cat "$root/said") $rc" \
    "profile.ini:4:6: warning: 'no-such-program' is not on PATH: files of .x will be rejected 0"
profile <<'END'
[converters]
.xlsx = /nowhere/ssconvert {in}
END
check
has 'it names the package' "$root/said" \
    "'/nowhere/ssconvert' is not on PATH, it comes with the package gnumeric"
profile <<'END'
[converters]
.a =
.b = cat
.c = cat {in} | sort
.d = cat "{in}
.e = cat {input}{in}
.XLSX = cat {in}
.a = cat {in}
.f = ./cat {in}
timout = 5
timeout = 0
owners = x
[inbox]
owners =
grace = -1
END
check
is 'a profile with such commands is not run' "$rc" 2
while IFS= read -r line; do
    has "check says $line" "$root/said" "$line"
done <<'END'
profile.ini:4:5: error: .a: no command, expected such as xlsx2csv --all {in}
profile.ini:5:6: error: .b: the command does not name its file, expected {in}
profile.ini:6:15: error: .c: no shell runs the command, expected quotes around | < > ; & ` $
profile.ini:7:10: error: .d: the quote does not close
profile.ini:8:21: error: .e: unknown name in braces, expected {in} or {out}
profile.ini:9:1: error: '.XLSX' is no extension, expected such as .xlsx, in small letters
profile.ini:10:1: error: duplicate key '.a'
profile.ini:11:6: error: .f: expected the bare name of a program or its whole path
profile.ini:12:1: error: unknown key 'timout', did you mean 'timeout'?
profile.ini:13:11: error: timeout: bad value '0', expected a whole number from 1 to 3600
profile.ini:14:1: error: unknown key 'owners'
profile.ini:16:9: error: owners: bad value '', expected any, self or user names
profile.ini:17:9: error: grace: bad value '-1', expected a whole number from 0 to 86400
END

echo "1..$n"
