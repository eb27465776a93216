/*
 * A disk that fails on order, for one folder. Preloaded into the server, it does what the orders say, a page shared with
 * the trial (disk.ts): kill the process before its Nth write or flush; have no room; refuse writes; refuse flushes; be slow.
 *
 * And a power cut: it writes down what every write below DISK_FOLDER destroyed, and forgets that only when the file was
 * flushed. After kill -9 the undo log tells what a disk that lost its power would still hold: everything not flushed is
 * taken back. (kill -9 alone proves nothing: the page cache survives.)
 *
 * A log record: path length u32, path, kind u8 ('w' write, 'f' flushed), offset u64, old size u64, length u32, old bytes.
 * SQLite's shared-memory file (-shm) is never read after a crash and is left alone. Writes are serialised by one lock.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* Laid out the same in disk.ts. */
struct orders {
  uint64_t done;      /* writes, truncations and flushes so far: we count */
  uint64_t kill_at;   /* the one before which the process dies; 0: none */
  uint32_t full;      /* no file grows */
  uint32_t no_write;  /* EIO */
  uint32_t no_flush;  /* EIO */
  uint32_t flush_microseconds;
};
static struct orders none;
static volatile struct orders *orders = &none;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int undo_log = -1;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void find_real(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  const char *path = getenv("DISK_LOG"), *from = getenv("DISK_ORDERS");
  if (path) undo_log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int page = from ? open(from, O_RDWR | O_CLOEXEC) : -1;
  if (page < 0) return;
  void *shared = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, page, 0);
  if (shared != MAP_FAILED) orders = shared;
  close(page);
}

/* The file's path where it lies below the folder and matters, else 0. */
static int watched(int fd, char *path) {
  const char *folder = getenv("DISK_FOLDER");
  char link[64];
  if (undo_log < 0 || !folder || fd == undo_log) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  if (strncmp(path, folder, strlen(folder)) != 0) return 0;
  return n < 4 || strcmp(path + n - 4, "-shm") != 0;
}

static void put(const void *from, size_t n) {
  const char *at = from;
  while (n > 0) {
    ssize_t done = real_write(undo_log, at, n);
    if (done <= 0) abort(); /* a trial without its log is no trial */
    at += done;
    n -= (size_t)done;
  }
}

static void record(const char *path, char kind, uint64_t offset, uint64_t old_size, const void *old, uint32_t length) {
  uint32_t path_length = (uint32_t)strlen(path);
  size_t total = 4 + path_length + 1 + 8 + 8 + 4 + length;
  char *whole = malloc(total), *at = whole;
  if (!whole) abort();
  memcpy(at, &path_length, 4), at += 4;
  memcpy(at, path, path_length), at += path_length;
  *at++ = kind;
  memcpy(at, &offset, 8), at += 8;
  memcpy(at, &old_size, 8), at += 8;
  memcpy(at, &length, 4), at += 4;
  if (length) memcpy(at, old, length);
  put(whole, total);
  free(whole);
}

/* Keeps what [offset, offset + length) holds now. The file may be write-only, so it is read through its path. */
static void keep_old(int fd, const char *path, off_t offset, size_t length) {
  struct stat now;
  if (fstat(fd, &now) != 0 || !S_ISREG(now.st_mode)) return;
  char *old = NULL;
  ssize_t had = 0;
  if (length > 0 && offset < now.st_size) {
    old = malloc(length);
    int reader = open(path, O_RDONLY | O_CLOEXEC);
    if (!old || reader < 0) abort();
    had = pread64(reader, old, length, offset);
    close(reader);
    if (had < 0) abort();
  }
  record(path, 'w', (uint64_t)offset, (uint64_t)now.st_size, old, (uint32_t)had);
  free(old);
}

/* Counts, and dies where it was ordered: under the lock, so that nothing else is half done. */
static void one_more(void) {
  uint64_t now = ++orders->done;
  if (orders->kill_at && now >= orders->kill_at) raise(SIGKILL);
}

/* The errno this write meets, or 0. `to`: where the file would end. */
static int refused(int fd, off_t to) {
  struct stat now;
  if (orders->no_write) return EIO;
  return orders->full && fstat(fd, &now) == 0 && to > now.st_size ? ENOSPC : 0;
}

ssize_t pwrite64(int fd, const void *from, size_t n, off_t offset) {
  char path[PATH_MAX];
  if (!watched(fd, path)) return real_pwrite(fd, from, n, offset);
  pthread_mutex_lock(&lock);
  one_more();
  int no = refused(fd, offset + (off_t)n);
  if (!no) keep_old(fd, path, offset, n);
  ssize_t done = no ? -1 : real_pwrite(fd, from, n, offset);
  pthread_mutex_unlock(&lock);
  if (no) errno = no;
  return done;
}
ssize_t pwrite(int fd, const void *from, size_t n, off_t offset) { return pwrite64(fd, from, n, offset); }

ssize_t write(int fd, const void *from, size_t n) {
  char path[PATH_MAX];
  if (!real_write) find_real();
  if (!watched(fd, path)) return real_write(fd, from, n);
  pthread_mutex_lock(&lock);
  off_t at = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
  one_more();
  int no = refused(fd, at + (off_t)n);
  if (!no) keep_old(fd, path, at, n);
  ssize_t done = no ? -1 : real_write(fd, from, n);
  pthread_mutex_unlock(&lock);
  if (no) errno = no;
  return done;
}

int ftruncate64(int fd, off_t size) {
  char path[PATH_MAX];
  if (!watched(fd, path)) return real_ftruncate(fd, size);
  struct stat now;
  pthread_mutex_lock(&lock);
  one_more();
  int no = refused(fd, size);
  if (!no && fstat(fd, &now) == 0) keep_old(fd, path, size, now.st_size > size ? (size_t)(now.st_size - size) : 0);
  int done = no ? -1 : real_ftruncate(fd, size);
  pthread_mutex_unlock(&lock);
  if (no) errno = no;
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int flushed(int fd, int (*flush)(int)) {
  char path[PATH_MAX];
  if (!watched(fd, path)) return flush(fd);
  pthread_mutex_lock(&lock);
  one_more();
  if (orders->flush_microseconds) usleep(orders->flush_microseconds);
  int no = orders->no_flush ? EIO : 0;
  int done = no ? -1 : flush(fd);
  if (done == 0) record(path, 'f', 0, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (no) errno = no;
  return done;
}
int fsync(int fd) { return flushed(fd, real_fsync); }
int fdatasync(int fd) { return flushed(fd, real_fdatasync); }
