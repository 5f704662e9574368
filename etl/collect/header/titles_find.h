/* titles_find.h - the names that one text holds; for titles.c. */
#ifndef TONGBAO_COLLECT_TITLES_FIND_H
#define TONGBAO_COLLECT_TITLES_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/header/titles.h"

enum {
    TB_TITLES_FOUND_MAX = 16,
    TB_TITLES_FOUND_TEXT = 64,
};

/* One name that was found. */
struct tb_mention {
    struct tb_titles_found what;
    char text[TB_TITLES_FOUND_TEXT]; /* as it stands there, folded */
    uint32_t line;
    bool whole;    /* the cell says nothing else */
    bool labelled; /* 填报单位： stands before it */
    bool dropped;
};

struct tb_title_search {
    const struct tb_profile *profile;
    enum tb_titles_of of;
    int year;
    uint32_t line; /* that is looked through */
    struct tb_mention item[TB_TITLES_FOUND_MAX];
    size_t n;
};

/* Adds what the text names to what was found so far. */
void tb_titles_find(struct tb_title_search *search, const char *text);

#endif
