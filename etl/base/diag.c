/* diag.c - counts findings about data and hands them on.  No allocation: a
 * finding must not get lost because memory is short.
 */
#include "tongbao/diag.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/printable.h"

/* Long enough for a message that quotes a field; longer ones are cut. */
enum { MESSAGE_MAX = 2048 };

void tb_diag_at(struct tb_diag *diag, enum tb_severity severity, const struct tb_place *place,
                const char *format, ...)
{
    static const struct tb_place nowhere = { 0 };
    char raw[MESSAGE_MAX + 8]; /* longer, so that the cut is made between characters */
    char text[MESSAGE_MAX];
    va_list args;

    if (severity == TB_ERROR)
        diag->n_errors++;
    else if (severity == TB_WARNING)
        diag->n_warnings++;
    if (!diag->sink || (diag->limit && diag->n_shown >= diag->limit))
        return;
    diag->n_shown++;

    va_start(args, format);
    int n = vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    if (n < 0)
        raw[0] = '\0';
    tb_printable(text, sizeof text, raw);
    diag->sink(diag->user, severity, place ? place : &nowhere, text);
}

void tb_diag_to_stream(void *user, enum tb_severity severity, const struct tb_place *place,
                       const char *text)
{
    static const char *const name[] = { "note", "warning", "error" };
    FILE *stream = user;
    char file[MESSAGE_MAX];

    /* One finding is one line, also when several threads report. */
    flockfile(stream);
    if (place->file) {
        tb_printable(file, sizeof file, place->file);
        fprintf(stream, "%s:", file);
        if (place->line)
            fprintf(stream, "%u:", (unsigned)place->line);
        if (place->line && place->column)
            fprintf(stream, "%u:", (unsigned)place->column);
        fputc(' ', stream);
    }
    fprintf(stream, "%s: %s\n", name[severity], text);
    funlockfile(stream);
}
