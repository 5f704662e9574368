/* table.c - the commands of tongbao, one row each: parser, help and README go by it. */
#include "command/command.h"

const struct tb_command_about tb_commands[] = {
    { "run", "[PERIOD]", 0, 1, "collect, process, analyse, disseminate, publish",
      "Without PERIOD, the latest submitted that had begun when it came. A night whose input has not\n"
      "changed says so and leaves everything as it is (--force runs all the same). Exit 3 when\n"
      "there are rejects that no published run has told of before.\n",
      tb_command_run_all, "force" },
    { "collect", "", 0, 0, "take what is in the inbox: observations, receipts, rejects", NULL, tb_command_stage, "" },
    { "process", "[PERIOD]", 0, 1, "observations to one consistent cube, checked", NULL, tb_command_stage, "" },
    { "analyse", "PERIOD", 1, 1, "growth, peers, ranks, verdicts", NULL, tb_command_stage, "" },
    { "disseminate", "PERIOD", 1, 1, "bulletin, unit sheets, charts, pages", NULL, tb_command_stage, "" },
    { "status", "[PERIOD]", 0, 1, "what is in, late, missing; the last run", NULL, tb_command_status, "" },
    { "explain", "UNIT INDICATOR [PERIOD]", 2, 3, "a verdict down to file and line",
      "Verdict, rule with each number, figures, peers, what it would take, checks, edits, revisions,\n"
      "verification, and the line of the file that each number came from. Names of the JSON:\n"
      "etl/command/README.md.\n",
      tb_command_explain, "format" },
    { "check", "", 0, 0, "the profile: every mistake with file, line, column",
      "Also years in which submissions fall due and that calendar.csv has no table for: an error from\n"
      "1 December of the year before, by the day of --as-of or today.\n", tb_command_check, "" },
    { "rule", "EXPR [PERIOD]", 1, 2, "one rule, with its numbers",
      "The verdict, each number that it rests on, and the same of all its peers, the best first.\n"
      "Amounts are those of the indicator's own target unless --annual or --quota say others.\n"
      "  tongbao -p sample-city rule 'rank(city) <= 7' --unit 文澜区 --indicator retail 2023-06\n",
      tb_command_rule, "unit indicator period annual quota from to due strength format" },
    { "export", "[WHAT [PERIOD]]", 0, 2, "observations, measures, verdicts, scores, targets as CSV",
      "WHAT is observations (default), measures, verdicts, scores, tasks, revisions (what changed) or\n"
      "triangle (of --unit and --indicator: each period by month of vintage). With PERIOD: as\n"
      "published in the bulletin of PERIOD; without: as now known. targets: those of the profile,\n"
      "each with its rule, dates, who answers and the words of the document; needs no run.\n",
      tb_command_export, "output unit indicator" },
    { "rehearse", "PERIOD", 1, 1, "a past period under other rules: who would move",
      "  tongbao -p sample-city rehearse 2023-06 --set tie_rule=dense,bottom_k=2\n"
      "--csv: who moves as rows, with numbers and places of either rule and which indicators moved a\n"
      "score (--output FILE: the same into a file).\n",
      tb_command_rehearse, "set csv output" },
    { "backtest", "", 0, 0, "how good past outlooks were", NULL, tb_command_backtest, "csv" },
    { "replay", "[PERIOD]", 0, 1, "all again from the originals, and whether it is the same", NULL, tb_command_replay, "" },
    { "verify", "", 0, 0, "every checksum, ledger row, manifest", NULL, tb_command_verify, "" },
    { "init", "NAME", 1, 1, "a new profile, commented", NULL, tb_command_init, "" },
    { "version", "", 0, 0, "name and version", NULL, tb_command_version, "" },
    { "help", "[COMMAND]", 0, 1, "this list, or the help of a command", NULL, tb_command_help, "" },
};

const size_t tb_n_commands = sizeof tb_commands / sizeof *tb_commands;
