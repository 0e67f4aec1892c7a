/*
 * What the ranks of "vertx-mpi bench" do, in C, for other MPI libraries:
 *
 *   bench latency|bw|bibw|mbw_mr|barrier|connect|names|names_global SIZE WINDOW WARM-UP MEASURE
 *                                                                         (bytes, messages, seconds, seconds)
 *   bench hello                                                           says "ready" and ends
 *
 * Rank 0 prints how many iterations were measured and how many seconds the slowest rank that counts took.
 * Rounds, their lengths and the meaning of an iteration are those of the Java side: classes Pacer, PingPong, Windows,
 * TwoWayWindows, Barriers, Connects and Names.
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PING = 1, DATA = 2, ACK = 3, BOTH = 4, NAME = 5, MOST_WINDOW = 1024 };

static const double LONGEST_ROUND = 0.05;
static const double GROWTH = 4;
static const double LEAST = 3;

static int rank, ranks, window;
static int size;
static char *out, *in;
static char ack[8];
static char port[MPI_MAX_PORT_NAME];
/* Seconds of this round that count, where not all of it does. */
static double counted;
static MPI_Request requests[2 * MOST_WINDOW];
static MPI_Status statuses[2 * MOST_WINDOW];

static void latency(long iterations) {
  for (long i = 0; i < iterations; i++) {
    if (rank == 0) {
      MPI_Send(out, size, MPI_CHAR, 1, PING, MPI_COMM_WORLD);
      MPI_Recv(in, size, MPI_CHAR, 1, PING, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else {
      MPI_Recv(in, size, MPI_CHAR, 0, PING, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      MPI_Send(out, size, MPI_CHAR, 0, PING, MPI_COMM_WORLD);
    }
  }
}

static void windows(long iterations) {
  int pairs = ranks / 2;
  int sender = rank < pairs;
  int peer = sender ? rank + pairs : rank - pairs;
  for (long i = 0; i < iterations; i++) {
    for (int j = 0; j < window; j++) {
      if (sender) {
        MPI_Isend(out, size, MPI_CHAR, peer, DATA, MPI_COMM_WORLD, &requests[j]);
      } else {
        MPI_Irecv(in, size, MPI_CHAR, peer, DATA, MPI_COMM_WORLD, &requests[j]);
      }
    }
    MPI_Waitall(window, requests, statuses);
    if (sender) {
      MPI_Recv(ack, sizeof ack, MPI_CHAR, peer, ACK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else {
      MPI_Send(ack, sizeof ack, MPI_CHAR, peer, ACK, MPI_COMM_WORLD);
    }
  }
}

static void two_way_windows(long iterations) {
  int peer = 1 - rank;
  for (long i = 0; i < iterations; i++) {
    for (int j = 0; j < window; j++) {
      MPI_Irecv(in, size, MPI_CHAR, peer, BOTH, MPI_COMM_WORLD, &requests[window + j]);
    }
    for (int j = 0; j < window; j++) {
      MPI_Isend(out, size, MPI_CHAR, peer, BOTH, MPI_COMM_WORLD, &requests[j]);
    }
    MPI_Waitall(2 * window, requests, statuses);
  }
}

static void barriers(long iterations) {
  for (long i = 0; i < iterations; i++) {
    MPI_Barrier(MPI_COMM_WORLD);
  }
}

static void connections(long iterations) {
  if (port[0] == 0) {
    if (rank == 0) {
      MPI_Open_port(MPI_INFO_NULL, port);
    }
    MPI_Bcast(port, sizeof port, MPI_CHAR, 0, MPI_COMM_WORLD);
  }
  for (long i = 0; i < iterations; i++) {
    MPI_Comm connection;
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    if (rank == 0) {
      MPI_Comm_accept(port, MPI_INFO_NULL, 0, MPI_COMM_SELF, &connection);
    } else {
      MPI_Comm_connect(port, MPI_INFO_NULL, 0, MPI_COMM_SELF, &connection);
    }
    counted += MPI_Wtime() - start;
    MPI_Comm_disconnect(&connection);
  }
}

/* The port is made up: not every library that knows names can open one here. */
static void names_in(MPI_Info scope, long iterations) {
  for (long i = 0; i < iterations; i++) {
    if (rank == 0) {
      MPI_Publish_name("vertx-mpi-bench", scope, "a made-up port");
      MPI_Send(ack, 1, MPI_CHAR, 1, NAME, MPI_COMM_WORLD);
      MPI_Recv(ack, 1, MPI_CHAR, 1, NAME, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      MPI_Unpublish_name("vertx-mpi-bench", scope, "a made-up port");
    } else {
      MPI_Recv(ack, 1, MPI_CHAR, 0, NAME, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      MPI_Lookup_name("vertx-mpi-bench", scope, port);
      MPI_Send(ack, 1, MPI_CHAR, 0, NAME, MPI_COMM_WORLD);
    }
  }
}

static void names(long iterations) {
  names_in(MPI_INFO_NULL, iterations);
}

static void names_global(long iterations) {
  MPI_Info scope;
  MPI_Info_create(&scope);
  MPI_Info_set(scope, "ompi_global_scope", "true");
  names_in(scope, iterations);
  MPI_Info_free(&scope);
}

struct benchmark {
  const char *name;
  void (*run)(long);
};

static const struct benchmark benchmarks[] = {
    {"latency", latency}, {"bw", windows}, {"mbw_mr", windows}, {"bibw", two_way_windows}, {"barrier", barriers},
    {"connect", connections}, {"names", names}, {"names_global", names_global},
};

static const struct benchmark *find(const char *name) {
  for (size_t i = 0; i < sizeof benchmarks / sizeof benchmarks[0]; i++) {
    if (strcmp(benchmarks[i].name, name) == 0) {
      return &benchmarks[i];
    }
  }
  return NULL;
}

/* Whether the time of this rank counts. */
static int is_timed(const struct benchmark *what) {
  return what->run == barriers || what->run == connections || (what->run == windows ? rank < ranks / 2 : rank == 0);
}

/* Runs rounds whose lengths rank 0 decides; returns the seconds of the last one, and in *iterations its length. */
static double rounds(const struct benchmark *what, double warm_up, double measure, long *iterations) {
  double spent = 0, seconds = 0, each = 0;
  long next = 0;
  int measured = 0;
  for (;;) {
    if (rank == 0) {
      if (measured) {
        next = 0;
      } else if (next == 0) {
        next = 1;
      } else if (spent < warm_up) {
        double fitting = LONGEST_ROUND / each;
        next = (long)(fitting > GROWTH * (double)next ? GROWTH * (double)next : fitting < 1 ? 1 : fitting);
      } else {
        measured = 1;
        next = (long)(measure / each > LEAST ? measure / each : LEAST);
      }
    }
    MPI_Bcast(&next, 1, MPI_LONG, 0, MPI_COMM_WORLD);
    if (next == 0) {
      return seconds;
    }
    *iterations = next;
    MPI_Barrier(MPI_COMM_WORLD);
    counted = 0;
    double start = MPI_Wtime();
    what->run(next);
    seconds = what->run == connections ? counted : MPI_Wtime() - start;
    spent += seconds;
    each = seconds / (double)next > 1e-9 ? seconds / (double)next : 1e-9;
  }
}

static char *allocate(void) {
  char *memory = aligned_alloc(64, ((size_t)size + 63) / 64 * 64 + 64);
  if (memory == NULL) {
    fprintf(stderr, "no memory for %d bytes\n", size);
    MPI_Abort(MPI_COMM_WORLD, 1);
  }
  return memory;
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (argc == 2 && strcmp(argv[1], "hello") == 0) {
    printf("ready\n");
    fflush(stdout);
    MPI_Finalize();
    return 0;
  }
  const struct benchmark *what = argc == 6 ? find(argv[1]) : NULL;
  if (what == NULL || atoi(argv[3]) < 1 || atoi(argv[3]) > MOST_WINDOW) {
    fprintf(stderr, "usage: bench BENCHMARK SIZE WINDOW WARM-UP MEASURE\n");
    MPI_Abort(MPI_COMM_WORLD, 2);
    return 2;
  }
  size = atoi(argv[2]);
  window = atoi(argv[3]);
  out = allocate();
  in = allocate();
  memset(out, 'v', (size_t)size);
  memset(in, 0, (size_t)size);
  long iterations = 0;
  double seconds = rounds(what, atof(argv[4]), atof(argv[5]), &iterations);
  double counted = is_timed(what) ? seconds : 0, slowest = 0;
  MPI_Reduce(&counted, &slowest, 1, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD);
  if (rank == 0) {
    printf("%ld %.9f\n", iterations, slowest);
  }
  free(out);
  free(in);
  MPI_Finalize();
  return 0;
}
