/* mentions.c - whether a word stands in the text of a rule. */
#include <string.h>

#include "analyse/verdict/targets.h"

static bool word_byte(char c)
{
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool tb_targets_mentions(const char *rule_text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(rule_text, word); at; at = strstr(at + 1, word))
        if ((at == rule_text || !word_byte(at[-1])) && !word_byte(at[len]))
            return true;
    return false;
}
