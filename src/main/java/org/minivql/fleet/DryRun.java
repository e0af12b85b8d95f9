package org.minivql.fleet;

import java.util.List;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.play.Rehearsal;
import org.minivql.fleet.source.FleetException;
import org.minivql.fleet.source.FleetSource;

/**
 * Plays a fleet with rules installed and says what they would change. Nothing is written.
 *
 * @since 0.1.0
 */
public final class DryRun {
  private final Rehearsal rehearsal;

  /**
   * A dry run.
   *
   * @param fleet the fleet
   * @param rules the rules to run beside those of the fleet's table; one of the same name replaces
   *     the fleet's definition
   */
  public DryRun(FleetSource fleet, List<Artifact> rules) {
    this.rehearsal = new Rehearsal(fleet, rules);
  }

  /**
   * Plays the fleet, in both orders where it asks for both.
   *
   * @throws FleetException where the fleet or a rule cannot be used
   */
  public Plan plan() {
    return rehearsal.plan();
  }
}
