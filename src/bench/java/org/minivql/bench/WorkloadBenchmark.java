package org.minivql.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One workload, by the engine and by hand. A run of the whole workload is one operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorkloadBenchmark {
  /** The workload. */
  @Param("1-format-filter")
  public String workload;

  private Workload work;

  /** Makes the input. */
  @Setup(Level.Trial)
  public void prepare() {
    work = Workloads.of(workload);
    work.check();
  }

  /** The program. */
  @Benchmark
  public void ours(Blackhole out) {
    work.ours(out);
  }

  /** The loop. */
  @Benchmark
  public void byHand(Blackhole out) {
    work.byHand(out);
  }
}
