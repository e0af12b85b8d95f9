package org.minivql.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minivql.fleet.plan.Plan;
import org.minivql.fleet.plan.PlanJson;
import org.minivql.format.Json;

class PlanJsonTest {
  @TempDir Path folder;

  @Test
  void everyMemberIsThere() {
    Plan plan =
        new TestFleet(folder)
            .client("C.1", "\"hostname\":\"one\"", "\"labels\":[\"Old\"]")
            .client("C.2")
            .flow("C.1", "F.1", "Generic.Client.Info/Users", "{\"Name\":\"root\"}")
            .step("\"do\":\"complete\",\"client\":\"C.1\",\"flow\":\"F.1\"")
            .step("\"do\":\"label\",\"client\":\"C.1\",\"set\":[\"NEW\"],\"remove\":[\"old\"]")
            .rule(
                "My.Rule",
                "SELECT label(client_id=ClientId, labels=\"New\", op=\"set\") AS L,\n"
                    + "  log(message=\"seen\") AS Logged\n"
                    + RecordQuirksTest.from(RecordQuirksTest.COMPLETION))
            .play()
            .plan();

    assertThat(PlanJson.text(plan))
        .isEqualTo(
            """
            {
             "changes": [
              {
               "seq": 1,
               "at": "2020-09-13T12:26:40Z",
               "client_id": "C.1",
               "kind": "label",
               "op": "set",
               "value": "New",
               "effective": true,
               "rule": "My.Rule",
               "flow_id": "F.1",
               "event": {
                "queue": "System.Flow.Completion",
                "seq": 1
               }
              },
              {
               "seq": 2,
               "at": "2020-09-13T12:26:40Z",
               "client_id": "C.1",
               "kind": "label",
               "op": "set",
               "value": "NEW",
               "effective": false,
               "rule": null,
               "event": null
              },
              {
               "seq": 3,
               "at": "2020-09-13T12:26:40Z",
               "client_id": "C.1",
               "kind": "label",
               "op": "remove",
               "value": "old",
               "effective": true,
               "rule": null,
               "event": null
              }
             ],
             "clients": [
              {
               "client_id": "C.1",
               "hostname": "one",
               "labels_before": [
                "Old"
               ],
               "labels_after": [
                "New"
               ],
               "added": [
                "New"
               ],
               "removed": [
                "Old"
               ]
              }
             ],
             "rules": [
              {
               "rule": "My.Rule",
               "events_seen": 1,
               "events_matched": 1,
               "rows": 1,
               "errors": 0,
               "log": [
                "server_monitoring: Collecting My.Rule",
                "DEFAULT:seen"
               ]
              }
             ],
             "warnings": [
              {
               "id": "Q-08",
               "client_id": "C.1",
               "count": 1,
               "message": "setting a label again changes nothing but still sends label and audit events"
              },
              {
               "id": "W-CASE",
               "client_id": "C.1",
               "count": 1,
               "message": "label \\"NEW\\" is the existing \\"New\\" in another case"
              }
             ],
             "order_dependent": false
            }
            """);
    assertThat(PlanJson.text(plan)).isEqualTo(Json.indented(PlanJson.dict(plan)) + "\n");
  }

  @Test
  void nothingToSayIsEmptyLists() {
    Plan plan = new DryRun(new TestFleet(folder).open(), List.of()).plan();

    assertThat(PlanJson.text(plan))
        .isEqualTo(
            "{\n \"changes\": [],\n \"clients\": [],\n \"rules\": [],\n \"warnings\": [],\n"
                + " \"order_dependent\": false\n}\n")
        .isEqualTo(Json.indented(PlanJson.dict(plan)) + "\n");
  }
}
