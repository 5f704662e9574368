/* rule_pool.c - what threads keep of rules, handed from one piece of work to the next. */
#include <pthread.h>
#include <stdlib.h>

#include "tongbao/rule.h"

enum { POOL_MAX = 256 }; /* more are freed when they come back */

struct tb_rule_pool {
    pthread_mutex_t lock;
    struct tb_rule_shared *idle[POOL_MAX];
    size_t n;
};

struct tb_rule_pool *tb_rule_pool_new(void)
{
    struct tb_rule_pool *pool = calloc(1, sizeof *pool);

    if (pool)
        pthread_mutex_init(&pool->lock, NULL);
    return pool;
}

struct tb_rule_shared *tb_rule_pool_take(struct tb_rule_pool *pool)
{
    struct tb_rule_shared *shared = NULL;

    pthread_mutex_lock(&pool->lock);
    if (pool->n > 0)
        shared = pool->idle[--pool->n];
    pthread_mutex_unlock(&pool->lock);
    return shared ? shared : tb_rule_shared_new();
}

void tb_rule_pool_give(struct tb_rule_pool *pool, struct tb_rule_shared *shared)
{
    if (!shared)
        return;
    tb_rule_shared_forget(shared);
    pthread_mutex_lock(&pool->lock);
    if (pool->n < POOL_MAX) {
        pool->idle[pool->n++] = shared;
        shared = NULL;
    }
    pthread_mutex_unlock(&pool->lock);
    tb_rule_shared_free(shared);
}

void tb_rule_pool_free(struct tb_rule_pool *pool)
{
    if (!pool)
        return;
    while (pool->n > 0)
        tb_rule_shared_free(pool->idle[--pool->n]);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
