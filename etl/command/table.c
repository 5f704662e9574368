/* table.c - the commands of tongbao, one row each: parser, help and README go by it. */
#include "command/command.h"

const struct command_about COMMANDS[] = {
    { "run", "[PERIOD]", 0, 1, "collect, process, analyse, disseminate, publish",
      "Without PERIOD, the latest that any submission speaks of. A night whose input has not\n"
      "changed says so and leaves everything as it is (--force runs all the same). Exit 3 when\n"
      "there are rejects that no published run has told of before.\n",
      command_run_all, "force" },
    { "collect", "", 0, 0, "take what is in the inbox: observations, receipts, rejects", NULL, command_stage, "" },
    { "process", "", 0, 0, "observations to one consistent cube, checked", NULL, command_stage, "" },
    { "analyse", "PERIOD", 1, 1, "growth, peers, ranks, verdicts", NULL, command_stage, "" },
    { "disseminate", "PERIOD", 1, 1, "bulletin, unit sheets, charts, pages", NULL, command_stage, "" },
    { "status", "[PERIOD]", 0, 1, "what is in, late, missing; the last run", NULL, command_status, "" },
    { "explain", "UNIT INDICATOR [PERIOD]", 2, 3, "a verdict down to file and line", NULL, command_explain, "" },
    { "check", "", 0, 0, "the profile: every mistake with file, line, column", NULL, command_check, "" },
    { "rule", "EXPR [PERIOD]", 1, 2, "one rule, with its numbers",
      "  tongbao -p sample-city rule 'rank(city) <= 7' --unit 文澜区 --indicator retail 2023-06\n",
      command_rule, "unit indicator" },
    { "export", "[WHAT]", 0, 1, "observations, measures, verdicts, scores as CSV",
      "WHAT is observations (default), measures, verdicts or scores.\n", command_export, "output" },
    { "rehearse", "PERIOD", 1, 1, "a past period under other rules: who would move",
      "  tongbao -p sample-city rehearse 2023-06 --set tie_rule=dense,bottom_k=2\n",
      command_rehearse, "set" },
    { "backtest", "", 0, 0, "how good past outlooks were", NULL, command_backtest, "" },
    { "replay", "[PERIOD]", 0, 1, "all again from the originals, and whether it is the same", NULL, command_replay, "" },
    { "verify", "", 0, 0, "every checksum, ledger row, manifest", NULL, command_verify, "" },
    { "init", "NAME", 1, 1, "a new profile, commented", NULL, command_init, "" },
    { "version", "", 0, 0, "name and version", NULL, command_version, "" },
    { "help", "[COMMAND]", 0, 1, "this list, or the help of a command", NULL, command_help, "" },
};

const size_t N_COMMANDS = sizeof COMMANDS / sizeof *COMMANDS;
