/*
 * A stand-in for libcuda.so.1 with just what the memory kind calls. It writes each call to standard error, with the
 * thread that made it, so that a test can see order and threads.
 *
 *   CUDA_DOUBLE_INIT     answer of cuInit, 0 where not set
 *   CUDA_DOUBLE_DEVICES  number of devices, 1 where not set
 *   CUDA_DOUBLE_BYTES    memory of the device, 1 MiB where not set
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NO_CONTEXT = 201, INVALID_DEVICE = 101 };

static __thread int has_context;
static size_t used;

static size_t setting(const char *name, size_t otherwise) {
  const char *value = getenv(name);
  return value ? strtoull(value, NULL, 10) : otherwise;
}

static void say(const char *call, size_t number) {
  fprintf(stderr, "cuda %s %zu thread %ld\n", call, number, (long) syscall(SYS_gettid));
}

int cuInit(unsigned flags) {
  say("init", flags);
  return (int) setting("CUDA_DOUBLE_INIT", SUCCESS);
}

int cuDeviceGetCount(int *count) {
  *count = (int) setting("CUDA_DOUBLE_DEVICES", 1);
  return SUCCESS;
}

int cuDeviceGet(int *device, int ordinal) {
  *device = ordinal;
  return ordinal < (int) setting("CUDA_DOUBLE_DEVICES", 1) ? SUCCESS : INVALID_DEVICE;
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  static int primary;
  say("retain", (size_t) device);
  *context = &primary;
  return SUCCESS;
}

int cuCtxSetCurrent(void *context) {
  say("current", context != NULL);
  has_context = context != NULL;
  return SUCCESS;
}

int cuMemAlloc_v2(unsigned long long *pointer, size_t bytes) {
  say("alloc", bytes);
  if (!has_context) {
    return NO_CONTEXT;
  }
  if (bytes == 0) {
    return INVALID_VALUE;
  }
  if (used + bytes > setting("CUDA_DOUBLE_BYTES", 1 << 20)) {
    return OUT_OF_MEMORY;
  }
  size_t *block = malloc(sizeof(size_t) + bytes);
  *block = bytes;
  memset(block + 1, 0xCD, bytes);
  used += bytes;
  *pointer = (unsigned long long) (block + 1);
  return SUCCESS;
}

int cuMemsetD8_v2(unsigned long long pointer, unsigned char value, size_t bytes) {
  size_t *block = (size_t *) pointer - 1;
  say(value == 0 ? "clear" : "fill", bytes);
  return has_context && bytes <= *block ? SUCCESS : INVALID_VALUE;
}

int cuMemFree_v2(unsigned long long pointer) {
  size_t *block = (size_t *) pointer - 1;
  say("free", *block);
  if (!has_context) {
    return NO_CONTEXT;
  }
  used -= *block;
  free(block);
  return SUCCESS;
}
