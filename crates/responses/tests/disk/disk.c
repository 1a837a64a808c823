/* A disk that keeps a diary: preloaded before a program, it writes down in order what the program does to the files of
 * one folder, so that a test can play the diary up to any line and lose what was not synced by then.
 *
 * DISK_FOLDER  only files below it are watched
 * DISK_DIARY   where the diary goes
 * DISK_WHIM    while this file holds "full", nothing more is written; while it holds "deaf", no sync succeeds
 *
 * A line of the diary is one letter, the length of the name and of the data and an offset (8 bytes each, little endian),
 * then name and data:  W write  T truncate (offset = length)  S synced  F sync failed  N no room
 * U unlinked  A said on standard
 * output. Nothing is really synced: what stands in the diary decides. Names are whole paths. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static char *names[FILES];
static int diary = -1;
static const char *folder, *whim;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_open = dlsym(RTLD_NEXT, "open");
  real_close = dlsym(RTLD_NEXT, "close");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  folder = getenv("DISK_FOLDER");
  whim = getenv("DISK_WHIM");
  const char *path = getenv("DISK_DIARY");
  if (path) diary = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t n = real_write(diary, at, length);
    if (n < 0) abort();
    at += n, length -= (size_t)n;
  }
}

static void note(char what, const char *name, uint64_t offset, const void *data, uint64_t length) {
  uint64_t sizes[3] = {strlen(name), length, offset};
  put(&what, 1), put(sizes, sizeof sizes), put(name, sizes[0]), put(data, length);
}

/* What the disk is in the mood for: 0 all is well, 'f' full, 'd' deaf. */
static char mood(void) {
  char first = 0;
  int fd = whim ? real_open(whim, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return 0;
  if (read(fd, &first, 1) != 1) first = 0;
  real_close(fd);
  return first;
}

/* The index of the log lives in shared memory and is made anew after a crash. */
static int is_watched(const char *path) {
  size_t length = strlen(path);
  return folder && diary >= 0 && !strncmp(path, folder, strlen(folder)) &&
         !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= FILES || !is_watched(path)) return fd;
  pthread_mutex_lock(&one);
  free(names[fd]);
  names[fd] = strdup(path);
  if (flags & O_TRUNC) note('T', path, 0, "", 0);
  pthread_mutex_unlock(&one);
  return fd;
}

#define OPEN(function)                                     \
  int function(const char *path, int flags, ...) {         \
    va_list rest;                                          \
    va_start(rest, flags);                                 \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                          \
    return opened(real_open(path, flags, mode), path, flags); \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (name_of(fd)) {
    pthread_mutex_lock(&one);
    free(names[fd]);
    names[fd] = NULL;
    pthread_mutex_unlock(&one);
  }
  return real_close(fd);
}

/* A full disk takes half of what is written, and the next time nothing. */
static ssize_t written(int fd, const void *data, size_t length, off_t offset) {
  pthread_mutex_lock(&one);
  int is_full = mood() == 'f';
  size_t taken = is_full ? length / 2 / 512 * 512 : length;
  ssize_t n = taken ? real_pwrite(fd, data, taken, offset) : 0;
  if (n > 0) note('W', names[fd], (uint64_t)offset, data, (uint64_t)n);
  int is_refused = n == 0 && is_full && length;
  if (is_refused) note('N', names[fd], 0, "", 0);
  pthread_mutex_unlock(&one);
  if (is_refused) errno = ENOSPC;
  return is_refused ? -1 : n;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return name_of(fd) ? written(fd, data, length, offset) : real_pwrite(fd, data, length, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) { return pwrite(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
  if (fd == 1 && diary >= 0) {
    pthread_mutex_lock(&one);
    note('A', "", 0, data, length);
    ssize_t n = real_write(fd, data, length);
    pthread_mutex_unlock(&one);
    return n;
  }
  if (!name_of(fd)) return real_write(fd, data, length);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t n = written(fd, data, length, at);
  if (n > 0) lseek(fd, at + n, SEEK_SET);
  return n;
}

int ftruncate(int fd, off_t length) {
  if (!name_of(fd)) return real_ftruncate(fd, length);
  pthread_mutex_lock(&one);
  int done = real_ftruncate(fd, length);
  if (done == 0) note('T', names[fd], (uint64_t)length, "", 0);
  pthread_mutex_unlock(&one);
  return done;
}

int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

int unlink(const char *path) {
  pthread_mutex_lock(&one);
  int done = real_unlink(path);
  if (done == 0 && is_watched(path)) note('U', path, 0, "", 0);
  pthread_mutex_unlock(&one);
  return done;
}

int fsync(int fd) {
  if (!name_of(fd)) return 0;
  pthread_mutex_lock(&one);
  int is_deaf = mood() == 'd';
  note(is_deaf ? 'F' : 'S', names[fd], 0, "", 0);
  pthread_mutex_unlock(&one);
  if (is_deaf) errno = EIO;
  return is_deaf ? -1 : 0;
}

int fdatasync(int fd) { return fsync(fd); }
