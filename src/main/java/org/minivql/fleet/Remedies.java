package org.minivql.fleet;

import java.util.Map;

/** What to do about a warning. */
final class Remedies {
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("Q-01", "Compare Flow.state with a number, or read the flow with get_flow()."),
          Map.entry("Q-02", "Scale _ts: seconds in live events, milliseconds in stored ones."),
          Map.entry("Q-03", "Divide by 1000 before comparing them with times from a server."),
          Map.entry(
              "Q-04", "Match the beginning of the release, or read Platform from the results."),
          Map.entry("Q-05", "Scale them to one unit, or let timestamp(epoch=) tell the unit."),
          Map.entry("Q-06", "Do not decide by these columns."),
          Map.entry("Q-07", "Write the label without surrounding spaces."),
          Map.entry(
              "Q-08",
              "Check with label(op=\"check\") first where another rule watches label events."),
          Map.entry("Q-09", "Take the label out of the client's configuration."),
          Map.entry("Q-10", "Read nothing into its absence from the list of artifacts."),
          Map.entry("Q-11", "Read the flow with get_flow(client_id=ClientId, flow_id=FlowId)."),
          Map.entry("Q-12", "Write op=\"set\", \"remove\" or \"check\", in lower case."),
          Map.entry("Q-13", "Label clients that the server knows."),
          Map.entry("Q-14", "Search is by prefix; check the label itself where that matters."),
          Map.entry("Q-15", "Search for the host name, which stays in the index."),
          Map.entry("Q-16", "Let the client enrol where rules should see it."),
          Map.entry("Q-17", "Declare the parameter in the artifact, or drop it from the call."),
          Map.entry("Q-18", "Pass start_time=StartTime and end_time=EndTime."),
          Map.entry("Q-19", "Write LIMIT after the call."),
          Map.entry("Q-20", "Compare the name with the event's Flow.artifacts_with_results."),
          Map.entry("Q-21", "Watch Artifact/Source, one query for each source."),
          Map.entry("Q-22", "Pass client_id=\"server\" to send_event()."),
          Map.entry("Q-23", "Use either os= or labels; make two hunts for both."),
          Map.entry("Q-24", "Label the clients with label(); these are tags of the hunt."),
          Map.entry("Q-25", "Write artifact=\"Artifact/Source\"."),
          Map.entry("Q-26", "Write LIMIT after the call."),
          Map.entry("Q-27", "Call it with preconditions=TRUE where they should decide."),
          Map.entry("Q-28", "Turn the parameter's value into text."),
          Map.entry("Q-29", "Use one spelling of the label for both groups."),
          Map.entry("Q-30", "Write Y for true, and nothing for false."),
          Map.entry("Q-31", "Test the parameter before comparing it: an empty one is false."),
          Map.entry("Q-32", "Move shared definitions to the artifact's export."),
          Map.entry("Q-33", "Run vql verify before saving an artifact."),
          Map.entry(
              "Q-34",
              "Take the name of the results from the event: artifact=filter("
                  + "list=Flow.artifacts_with_results, regex=\"BasicInformation$\")[0]."),
          Map.entry("Q-35", "Do not rely on an override for what the daily snapshot sets."),
          Map.entry("Q-36", "Read from an event plugin that does not end, and leave out LIMIT."),
          Map.entry("Q-37", "Read the result set, or watch Server.Internal.Interrogation instead."),
          Map.entry("Q-38", "Expect every client to restart its event queries on a label change."),
          Map.entry("Q-39", "Add the client with hunt_add()."),
          Map.entry("Q-40", "Use an include label or an OS condition for new clients."),
          Map.entry("Q-41", "Write the value as the events have it, or use a modifier."),
          Map.entry("Q-42", "Give the rule a condition."),
          Map.entry("W-CASE", "Use one spelling of the label everywhere."),
          Map.entry("W-LOOP", "Let one of the rules check whether there is anything to do."),
          Map.entry(
              "W-UNKNOWN-ARTIFACT",
              "Add its definition to the fleet, or correct the name in the table."),
          Map.entry("W-NO-QUERY", "Run vql fleet check to see whether a source does not parse."),
          Map.entry("W-TWICE", "Run vql fleet check to see all of them, and keep one of each."),
          Map.entry(
              "W-NOT-COLLECTED",
              "Describe the host in hosts/, or record the flow and add a step that completes it."),
          Map.entry("W-UNUSED-RULE", "Check the name in watch_monitoring()."),
          Map.entry("W-NO-MATCH", "Check the WHERE over watch_monitoring()."),
          Map.entry("W-NO-ROWS", "Ask vql why about a client that should have been found."),
          Map.entry("W-UNKNOWN-CLIENT", "Check where the client id comes from."),
          Map.entry("W-AGAIN", "Say \"again\": true to replay a completion."));

  private Remedies() {}

  /** A sentence, or an empty text. */
  static String of(String id) {
    return REMEDIES.getOrDefault(id, "");
  }
}
