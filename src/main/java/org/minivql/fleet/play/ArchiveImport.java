package org.minivql.fleet.play;

import java.nio.file.Path;
import org.minivql.artifact.Artifact;
import org.minivql.fleet.archive.ArchiveDefinitions;
import org.minivql.fleet.archive.ArchiveMembers;
import org.minivql.fleet.archive.CollectorArchive;
import org.minivql.fleet.archive.HuntExport;
import org.minivql.fleet.layout.Damage;
import org.minivql.fleet.layout.Same;
import org.minivql.fleet.source.FleetException;
import org.minivql.registry.client.ClientRecord;
import org.minivql.registry.event.Origin;
import org.minivql.value.Dict;

/** Brings the archive of a collection into a running world, as an import on a server does. */
final class ArchiveImport {
  private final World world;

  ArchiveImport(World world) {
    this.world = world;
  }

  /**
   * Adds the flow, makes its client known, and sends the completion with the whole flow.
   *
   * @param wanted the client, or empty to find it by host name, host id or the archive's client
   * @param hostname the host name to look for; that of the archive where empty
   * @return the flow as it is stored
   */
  Dict run(Path file, String wanted, String hostname) {
    CollectorArchive archive = collection(file);
    archive.artifacts(artifact -> define(artifact, archive));
    Dict from = archive.client();
    if (!hostname.isEmpty()) {
      from = from.toBuilder().replace("hostname", hostname).build();
    }
    Dict known = from;
    String clientId = wanted.isEmpty() ? client(archive, known) : wanted;
    Dict flow = archive.flow();
    String given = (String) flow.get("session_id");
    String flowId =
        world.model().flows().get(clientId, given) == null ? given : world.model().ids().flow();
    world.overlay().add(clientId, flowId, archive);
    world.model().flows().restore(clientId, flowId);
    if (archive.nanoseconds()) {
      world.warnOfNanoseconds(clientId);
    }
    world
        .model()
        .clients()
        .index(
            clientId,
            record -> {
              // What a server knows of a client is newer than what an archive says of it.
              Dict nothing = ClientRecord.of(clientId).fields();
              Dict.Builder fields = record.fields().toBuilder();
              known.forEach(
                  (name, value) -> {
                    if (Same.values(nothing.get(name), record.fields().get(name))) {
                      fields.replace(name, value);
                    }
                  });
              return ClientRecord.of(fields.replace("client_id", clientId).build());
            });
    Dict stored = world.model().flows().get(clientId, flowId);
    world.model().flows().completeWhole(stored, Origin.SERVER);
    return stored;
  }

  /** What the archive's rows are of is known from now on, unless the fleet knows it already. */
  private void define(Artifact artifact, CollectorArchive from) {
    Damage damage = world.overlay().damage();
    Artifact known = world.repository().get(artifact.name());
    if (known == null || known.builtIn()) {
      damage.guarded(
          from.place(),
          () -> {
            world.redefine(artifact);
            return true;
          });
    } else if (ArchiveDefinitions.differ(known, artifact)) {
      String other = "artifact " + artifact.name() + " is defined otherwise in the fleet";
      damage.note(from.place() + ": " + other + ", which counts");
    }
  }

  private CollectorArchive collection(Path file) {
    ArchiveMembers members =
        ArchiveMembers.open(file, world.overlay().damage(), world.source().password());
    if (HuntExport.is(members)) {
      members.close();
      throw FleetException.in(
          file.toString(),
          "the archive is of a hunt, not of one collection: use it as the fleet, or convert it"
              + " with vql fleet import");
    }
    return new CollectorArchive(members, "");
  }

  private String client(CollectorArchive archive, Dict from) {
    String host = from.get("hostname") instanceof String text ? text : "";
    String[] found = new String[1];
    if (!host.isEmpty()) {
      world
          .model()
          .clients()
          .each(
              record -> {
                boolean same = record.text("hostname").equalsIgnoreCase(host);
                found[0] = same ? record.clientId() : null;
                return !same;
              });
    }
    if (found[0] != null) {
      return found[0];
    }
    return from.get("client_id") instanceof String id ? id : archive.madeUpClient();
  }
}
