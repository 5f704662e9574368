/* parallel.c - items to threads through one atomic counter.
 *
 * Why the error is always that of the lowest item: items are handed out in
 * order and an item once taken is always done, so when item j fails every item
 * below j has been taken too, and has told its own failure by the time the
 * threads are joined.
 */
#include "tongbao/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "tongbao/error.h"

enum { THREADS_MAX = 256 };

struct job {
    tb_work *work;
    void *user;
    size_t n;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* over the two below */
    size_t failed_item;   /* SIZE_MAX: none */
    struct tb_error error;
};

static void *run_items(void *user)
{
    struct job *job = user;

    while (!atomic_load(&job->stop)) {
        struct tb_error err = TB_ERROR_INIT;
        size_t item = atomic_fetch_add(&job->next, 1);

        if (item >= job->n)
            break;
        if (job->work(job->user, item, &err) == 0)
            continue;
        atomic_store(&job->stop, true);
        pthread_mutex_lock(&job->lock);
        if (item < job->failed_item) {
            job->failed_item = item;
            job->error = err;
        }
        pthread_mutex_unlock(&job->lock);
    }
    return NULL;
}

size_t tb_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : (size_t)n;
}

int tb_parallel(size_t threads, size_t n, tb_work *work, void *user, struct tb_error *err)
{
    struct job job = { .work = work, .user = user, .n = n, .failed_item = SIZE_MAX };
    pthread_t other[THREADS_MAX];
    size_t n_others = 0;

    if (threads == 0)
        threads = tb_processors();
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    pthread_mutex_init(&job.lock, NULL);
    /* The caller's thread works too; when the system has no more threads to
     * give, the work is done by those there are. */
    while (n_others + 1 < threads && n_others + 1 < n &&
           pthread_create(&other[n_others], NULL, run_items, &job) == 0)
        n_others++;
    run_items(&job);
    for (size_t i = 0; i < n_others; i++)
        pthread_join(other[i], NULL);
    pthread_mutex_destroy(&job.lock);
    if (job.failed_item == SIZE_MAX)
        return 0;
    if (err)
        *err = job.error;
    return -1;
}
