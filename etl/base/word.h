/* word.h - eight bytes at a time: where a byte stands among them, in plain C. */
#ifndef TONGBAO_BASE_WORD_H
#define TONGBAO_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { TB_WORD = 8 };

static inline uint64_t tb_word_of(char c)
{
    return UINT64_C(0x0101010101010101) * (unsigned char)c;
}

/* Eight bytes as they were copied into a word -> the first of them lowest. */
static inline uint64_t tb_word_bytes(uint64_t copied)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(copied);
#else
    return copied;
#endif
}

/* A bit for each of the bytes of a copied word that is the one of `wanted` (tb_word_of);
 * the first byte has the lowest. */
static inline uint64_t tb_word_marks(uint64_t copied, uint64_t wanted)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t word = tb_word_bytes(copied) ^ wanted;

    return ~(((word & low) + low) | word | low);
}

/* No byte has its highest bit, also of words that were or'd together. */
static inline bool tb_word_is_ascii(uint64_t word)
{
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

/* The place of the first mark; there must be one. */
static inline size_t tb_word_first(uint64_t marks)
{
    return (size_t)__builtin_ctzll(marks) / 8;
}

/* The marks, or the bytes, of the first n, n < TB_WORD. */
static inline uint64_t tb_word_cut(uint64_t marks, size_t n)
{
    return marks & ((UINT64_C(1) << (8 * n)) - 1);
}

#endif
