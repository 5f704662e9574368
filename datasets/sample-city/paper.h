/* paper.h - a submission as it is handed in: text with a separator, an
 * encoding, line ends, perhaps gzip, and the moment it arrives.
 */
#ifndef SAMPLE_CITY_PAPER_H
#define SAMPLE_CITY_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/buf.h"

struct tb_error;

struct paper {
    char sender[32];     /* folder in the inbox */
    char name[96];       /* of the file */
    struct tb_buf text;  /* UTF-8, lines ended by \n */
    char delimiter;
    bool gb18030, bom, crlf, gzip;
    int64_t arrival;     /* seconds since the epoch */
};

/* How figures are written by a sender. */
enum figure_style { PLAIN, THOUSANDS, FULL_WIDTH };

void paper_start(struct paper *paper, const char *sender, const char *name, char delimiter);
void paper_release(struct paper *paper);
/* One cell; the separator before it unless it is the first of its line, which
 * therefore must not be empty. */
void paper_cell(struct paper *paper, const char *text);
/* A figure with `decimals` digits after the point. */
void paper_figure(struct paper *paper, int64_t figure, int decimals, enum figure_style style);
void paper_end_row(struct paper *paper);
/* A whole line as it is: titles, notes. */
void paper_line(struct paper *paper, const char *text);
/* Puts the file into inbox/sender/name with its moment of arrival. */
int paper_hand_in(const struct paper *paper, const char *inbox, struct tb_error *err);
/* The same for bytes that are no text of ours: damaged files, copies. */
int paper_hand_in_bytes(const struct paper *paper, const char *bytes, size_t size,
                        const char *inbox, struct tb_error *err);
/* The bytes of the file as sent, appended to *out. */
int paper_bytes(const struct paper *paper, struct tb_buf *out, struct tb_error *err);

#endif
