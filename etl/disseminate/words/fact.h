/* fact.h - what is known of one indicator for one unit, and the sentences that say it. */
#ifndef TONGBAO_DISSEMINATE_FACT_H
#define TONGBAO_DISSEMINATE_FACT_H

#include "disseminate/words/writer.h"

struct tb_fact {
    int32_t indicator, unit;
    struct tb_period period; /* in the indicator's frequency */
    bool cumulative;         /* level and growth are those since the year's start */
    struct tb_figure level, growth, growth_before, change, base;
    struct tb_figure two_years; /* mean growth of two years, where the indicator leads with it */
    const struct tb_task_row *task; /* of a milestone that was reported on; else NULL */
    int headline;             /* measure that is ranked, or -1 */
    int32_t group, own_group; /* rows, or TB_NONE */
    struct tb_standing place, own_place;
};

/* Gathers it; parts that are not known stay unknown. */
void tb_fact_of(const struct tb_writer *w, int32_t indicator, int32_t unit, struct tb_fact *fact);
/* True when there is anything to say. */
bool tb_fact_any(const struct tb_fact *fact);
/* Level with its unit, or the reason why there is none. */
void tb_fact_level(const struct tb_writer *w, const struct tb_fact *fact, struct tb_buf *out);
/* Signed growth with %, change with pp, or "—". */
void tb_fact_growth(const struct tb_writer *w, const struct tb_fact *fact, struct tb_buf *out);
/* "2023年1—5月，社会消费品零售总额...；全市第三（共12个），较上月进2位；三区第一。" */
void tb_fact_sentence(const struct tb_writer *w, const struct tb_fact *fact, struct tb_buf *out);
/* "目标“...”：滞后，差0.8个百分点，连续3期；..." */
void tb_verdict_sentence(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* "未达标：2023年第2周、2023年第3周；未报：2023年第5周", of a target that is judged in several
 * periods; else nothing. */
void tb_verdict_periods(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* A period as analyse wrote it, in words. */
void tb_put_period_text(const struct tb_writer *w, const char *text, size_t len,
                        struct tb_buf *out);
/* "差0.8个百分点" / "超出..." ; nothing when there is no gap. */
void tb_verdict_gap(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* "，已连续3期"; nothing when it is met or new. */
void tb_put_streak(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* " (conflicts with target T2, which binds: not counted)", or nothing. */
void tb_put_conflict(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* "达标（核定）": the verdict, the state of verification that it rests on, and what is
 * lacking where that decides. */
void tb_put_verdict_word(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* "缺自评", "核定不合格"; nothing where no state decides. */
void tb_put_lack(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* Value or benchmark with the unit of the target. */
void tb_verdict_number(const struct tb_writer *w, const struct tb_verdict *v, const char *number,
                       struct tb_buf *out);
/* A rule, or operands and reasons as analyse writes them, with words for names. */
void tb_rule_words(const struct tb_writer *w, const char *text, struct tb_buf *out);
/* What would have met it: "达到8.3%，余下6期每期1.2亿元"; nothing when unknown. */
void tb_catch_up_words(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out);
/* The words of the target: in Chinese those of the document (its reference number
 * left off), else the rule in words, as no translation of the document is official. */
void tb_target_words(const struct tb_writer *w, int32_t target, struct tb_buf *out);
/* The same of a verdict: where the rule was changed since, the one that is in force. */
void tb_target_words_now(const struct tb_writer *w, const struct tb_verdict *v,
                         struct tb_buf *out);
/* The group in which the indicator is ranked: `group`, else the first that is a part
 * of it and is (a task that concerns five of twelve); `group` if none. */
int32_t tb_rank_group(const struct tb_writer *w, int32_t indicator, int32_t group);
/* "前三：甲、乙、丙；后三：..." of that group by the indicator's headline; nothing
 * when too few are ranked. */
void tb_rank_line(const struct tb_writer *w, int32_t indicator, int32_t group, struct tb_buf *out);
/* True when a place counts as one of the last k. */
bool tb_in_bottom(const struct tb_writer *w, const struct tb_standing *place, int32_t group);
/* "3/12", "8=/12" when shared. */
void tb_put_place(const struct tb_standing *place, struct tb_buf *out);
/* "↑2", "↓1", "→"; nothing when there is no movement. */
void tb_put_movement(const struct tb_standing *place, struct tb_buf *out);

#endif
