/*
 * Records what a process does to the files below one folder, in the order in which it does it: writes with their bytes, truncations, syncs; and what it
 * says on its standard output, so that it is known what had been promised at each moment. Loaded with LD_PRELOAD.
 * QUAY_TRACE is the file to write, QUAY_TRACE_FOLDER the folder watched. Each record: op, file, two bytes unused, length (u32), offset (u64), bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { OP_WRITE = 1, OP_TRUNCATE = 2, OP_SYNC = 3, OP_UNLINK = 4, OP_NAME = 5, OP_SAID = 6 };
enum { MOST_DESCRIPTORS = 4096, MOST_FILES = 64 };

static int trace = -1;
static const char *watched;
static unsigned char file_of[MOST_DESCRIPTORS];
static char *names[MOST_FILES];
static int known = 1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void put(const void *bytes, size_t length) {
  const char *from = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, trace, from, length);
    if (done <= 0) abort();
    from += done;
    length -= (size_t)done;
  }
}

/* Called with the lock held. */
static void record(unsigned char op, unsigned char file, uint64_t offset, const void *bytes, uint32_t length) {
  unsigned char head[16] = { op, file, 0, 0 };
  memcpy(head + 4, &length, 4);
  memcpy(head + 8, &offset, 8);
  put(head, sizeof head);
  if (bytes != NULL && length > 0) put(bytes, length);
}

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("QUAY_TRACE");
  watched = getenv("QUAY_TRACE_FOLDER");
  if (name != NULL && watched != NULL) trace = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void opened(int descriptor, const char *path) {
  if (trace < 0 || descriptor < 0 || descriptor >= MOST_DESCRIPTORS) return;
  pthread_mutex_lock(&lock);
  file_of[descriptor] = 0;
  if (path != NULL && strncmp(path, watched, strlen(watched)) == 0) {
    int file = 1;
    while (file < known && strcmp(names[file], path) != 0) file += 1;
    if (file == known && known < MOST_FILES) {
      names[known] = strdup(path);
      known += 1;
      record(OP_NAME, (unsigned char)file, 0, path, (uint32_t)strlen(path));
    }
    if (file < MOST_FILES) file_of[descriptor] = (unsigned char)file;
  }
  pthread_mutex_unlock(&lock);
}

#define REAL(name, type) static __typeof__(type) *real; if (real == NULL) real = (__typeof__(type) *)dlsym(RTLD_NEXT, name)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(#name, int (const char *, int, ...)); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    int descriptor = real(path, flags, mode); \
    opened(descriptor, path); \
    return descriptor; \
  }
OPEN(open)
OPEN(open64)

static unsigned char watchedFile(int descriptor) {
  return trace >= 0 && descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? file_of[descriptor] : 0;
}

#define PWRITE(name) \
  ssize_t name(int descriptor, const void *bytes, size_t length, off_t offset) { \
    REAL(#name, ssize_t (int, const void *, size_t, off_t)); \
    ssize_t done = real(descriptor, bytes, length, offset); \
    unsigned char file = watchedFile(descriptor); \
    if (file != 0 && done > 0) { pthread_mutex_lock(&lock); record(OP_WRITE, file, (uint64_t)offset, bytes, (uint32_t)done); pthread_mutex_unlock(&lock); } \
    return done; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int descriptor, const void *bytes, size_t length) {
  REAL("write", ssize_t (int, const void *, size_t));
  unsigned char file = watchedFile(descriptor);
  off_t offset = file != 0 ? lseek(descriptor, 0, SEEK_CUR) : 0;
  /* What is said counts from before it is said: whoever hears it may act on it at once. */
  if (descriptor == 1 && trace >= 0) { pthread_mutex_lock(&lock); record(OP_SAID, 0, 0, bytes, (uint32_t)length); pthread_mutex_unlock(&lock); }
  ssize_t done = real(descriptor, bytes, length);
  if (file != 0 && done > 0) { pthread_mutex_lock(&lock); record(OP_WRITE, file, (uint64_t)offset, bytes, (uint32_t)done); pthread_mutex_unlock(&lock); }
  return done;
}

#define TRUNCATE(name) \
  int name(int descriptor, off_t length) { \
    REAL(#name, int (int, off_t)); \
    int done = real(descriptor, length); \
    unsigned char file = watchedFile(descriptor); \
    if (file != 0 && done == 0) { pthread_mutex_lock(&lock); record(OP_TRUNCATE, file, (uint64_t)length, NULL, 0); pthread_mutex_unlock(&lock); } \
    return done; \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name) \
  int name(int descriptor) { \
    REAL(#name, int (int)); \
    int done = real(descriptor); \
    unsigned char file = watchedFile(descriptor); \
    if (file != 0 && done == 0) { pthread_mutex_lock(&lock); record(OP_SYNC, file, 0, NULL, 0); pthread_mutex_unlock(&lock); } \
    return done; \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  REAL("unlink", int (const char *));
  int done = real(path);
  if (trace >= 0 && done == 0) {
    pthread_mutex_lock(&lock);
    for (int file = 1; file < known; file += 1) if (strcmp(names[file], path) == 0) record(OP_UNLINK, (unsigned char)file, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}
