/* generate.c - the program sample-city: fills an inbox with the submissions of
 * an invented city, January 2021 to June 2023, deliberate faults included.
 *
 *     sample-city INBOX-FOLDER     writes the files, with their times of arrival
 *     sample-city --clean FOLDER   the same without the faults: what a check says of
 *                                  these is a false alarm
 *     sample-city --faults         prints where each deliberate fault was planted
 *
 * Every figure and every name is invented.  The same program gives the same
 * bytes everywhere: whole numbers, a hash instead of random numbers, no clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults.h"
#include "paper.h"
#include "senders.h"
#include "series.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

struct account {
    bool clean; /* no faults */
    unsigned files, lines;
};

static unsigned count_lines(const struct tb_buf *text)
{
    unsigned lines = 0;

    for (size_t i = 0; i < text->len; i++)
        lines += text->data[i] == '\n';
    return lines;
}

static int write_one(const struct figures *figures, const struct sender *sender, int month,
                     size_t variant, const char *inbox, struct account *account,
                     struct tb_error *err)
{
    struct paper paper;
    int rc;

    if (!sender->write(figures, month, variant, &paper))
        return 0;
    if (account->clean)
        rc = paper_hand_in(&paper, inbox, err);
    else
        rc = faults_plant(&paper, err) == 0 ? faults_hand_in(&paper, inbox, err) : -1;
    account->files++;
    account->lines += count_lines(&paper.text);
    paper_release(&paper);
    return rc;
}

static int write_all(const struct figures *figures, const char *inbox, struct account *account,
                     struct tb_error *err)
{
    for (int month = FIRST_SUBMITTED; month < N_MONTHS; month++)
        for (size_t s = 0; s < n_senders; s++)
            for (size_t v = 0; v < senders[s].n_variants; v++)
                if (write_one(figures, &senders[s], month, v, inbox, account, err) < 0)
                    return -1;
    return account->clean ? 0 : faults_hand_in_files(inbox, err);
}

static int print_faults(void)
{
    printf("id,file,sender,line\n");
    for (size_t i = 0; i < n_faults; i++)
        printf("%s,%s,%s,%u\n", faults[i].id,
               faults[i].kind == FAULT_COPY ? faults[i].text : faults[i].name, faults[i].sender,
               faults[i].line);
    return fflush(stdout) == 0 && !ferror(stdout) ? TB_EXIT_DONE : TB_EXIT_FAILED;
}

int main(int argc, char **argv)
{
    struct tb_error err = TB_ERROR_INIT;
    struct account account = { .clean = argc == 3 && strcmp(argv[1], "--clean") == 0 };
    const char *inbox = argv[account.clean ? 2 : 1];
    struct figures *figures;
    int rc;

    if (argc == 2 && strcmp(argv[1], "--faults") == 0)
        return print_faults();
    if (argc != (account.clean ? 3 : 2) || inbox[0] == '-') {
        fprintf(stderr, "usage: sample-city [--clean] INBOX-FOLDER | --faults\n");
        return TB_EXIT_USAGE;
    }
    figures = figures_new();
    if (!figures) {
        fprintf(stderr, "sample-city: error: out of memory\n");
        return TB_EXIT_FAILED;
    }
    rc = tb_fs_make_dirs(inbox, &err);
    if (rc == 0)
        rc = write_all(figures, inbox, &account, &err);
    figures_free(figures);
    if (rc < 0) {
        fprintf(stderr, "sample-city: error: %s\n", err.text);
        return TB_EXIT_FAILED;
    }
    printf("sample-city: %u submissions, %u lines (simulated data)\n", account.files,
           account.lines);
    return fflush(stdout) == 0 ? TB_EXIT_DONE : TB_EXIT_FAILED;
}
