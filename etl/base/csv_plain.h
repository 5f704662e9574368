/* csv_plain.h - takes a plain line apart, eight bytes at a time.
 *
 * Inside base only: csv_read.c finds the line (no quote, NUL or lone CR is in it)
 * and owns the room for its fields and text.
 */
#ifndef TONGBAO_BASE_CSV_PLAIN_H
#define TONGBAO_BASE_CSV_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/word.h"
#include "tongbao/csv.h"

/* Fields of a line, where there may be too many for the room there is. */
static inline size_t tb_csv_count_fields(const char *from, size_t len, char delimiter)
{
    size_t n = 1;

    for (size_t i = 0; i < len; i++)
        n += from[i] == delimiter;
    return n;
}

/* A line that is being split. */
struct tb_csv_split {
    struct tb_csv_field *field; /* the next one */
    char *text;                 /* the copy of the line */
    char *start;                /* where the field begins that is not yet ended */
    uint32_t line;
};

/* Ends a field before `stop`. */
static inline void tb_csv_end_field(struct tb_csv_split *split, char *stop)
{
    *stop = '\0';
    *split->field++ = (struct tb_csv_field){ .text = split->start,
                                             .len = (size_t)(stop - split->start),
                                             .line = split->line };
    split->start = stop + 1;
}

/* Ends a field at each mark of the word that was copied to `word`. */
static inline void tb_csv_end_fields(struct tb_csv_split *split, char *word, uint64_t marks)
{
    for (; marks; marks &= marks - 1)
        tb_csv_end_field(split, word + tb_word_first(marks));
}

/* Copies the line word by word and ends each field where it ends.  There is room
 * for the text and a word, and for all fields. */
static inline bool tb_csv_split_words(struct tb_csv_split *split, const char *from, size_t len,
                                      size_t readable, char delimiter)
{
    const uint64_t wanted = tb_word_of(delimiter);
    uint64_t all = 0, word = 0;
    size_t at = 0;

    for (; len - at >= TB_WORD; at += TB_WORD) {
        memcpy(&word, from + at, TB_WORD);
        memcpy(split->text + at, &word, TB_WORD);
        all |= word;
        tb_csv_end_fields(split, split->text + at, tb_word_marks(word, wanted));
    }
    if (at < len) {
        word = 0;
        if (readable - at >= TB_WORD)
            memcpy(&word, from + at, TB_WORD);
        else
            memcpy(&word, from + at, readable - at);
        memcpy(split->text + at, &word, TB_WORD);
        all |= tb_word_cut(tb_word_bytes(word), len - at);
        tb_csv_end_fields(split, split->text + at,
                          tb_word_cut(tb_word_marks(word, wanted), len - at));
    }
    return tb_word_is_ascii(all);
}

#endif
