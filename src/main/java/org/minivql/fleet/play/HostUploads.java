package org.minivql.fleet.play;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.minivql.accessor.OSPath;
import org.minivql.accessor.PathStyle;
import org.minivql.fleet.layout.FlowTimes;
import org.minivql.registry.event.Origin;
import org.minivql.spi.Uploads;
import org.minivql.value.Dict;
import org.minivql.value.Scope;

/** What a simulated host uploads: kept in the file store of the run, as that of a client is. */
final class HostUploads implements Uploads {
  /** The queue of uploads that are done. */
  static final String QUEUE = "System.Upload.Completion";

  private final World world;
  private final String clientId;
  private final String flowId;
  private final List<Dict> uploads = new ArrayList<>();
  private long bytes;

  HostUploads(World world, String clientId, String flowId) {
    this.world = world;
    this.clientId = clientId;
    this.flowId = flowId;
  }

  @Override
  public synchronized Dict store(Scope scope, Upload upload, InputStream data) throws IOException {
    List<String> place =
        new ArrayList<>(
            List.of("clients", clientId, "collections", flowId, "uploads", upload.accessor()));
    place.addAll(upload.components());
    long size;
    try (OutputStream out = world.model().files().create(place)) {
      size = data.transferTo(out);
    }
    bytes += size;
    uploads.add(
        Dict.builder()
            .set("Timestamp", world.model().clock().instant().getEpochSecond())
            .set("started", world.model().clock().instant().toString())
            .set("vfs_path", upload.path())
            .set("_Components", List.<Object>copyOf(place))
            .set("file_size", size)
            .set("uploaded_size", size)
            .set("_accessor", upload.accessor())
            .set("_client_components", List.<Object>copyOf(upload.components()))
            .build());
    return Dict.of("Path", upload.path(), "Size", size);
  }

  /** How many files there are so far. */
  synchronized long count() {
    return uploads.size();
  }

  /** How many bytes they have. */
  synchronized long bytes() {
    return bytes;
  }

  /** Lists the files with the flow and tells of each. */
  synchronized void finish() {
    if (!uploads.isEmpty()) {
      world.model().results().appendUploads(clientId, flowId, List.copyOf(uploads));
      uploads.forEach(upload -> tell(world, clientId, upload));
    }
  }

  /** Sends the event of a file that was uploaded to the end. */
  static void tell(World world, String clientId, Dict upload) {
    Object path = upload.get("vfs_path");
    List<String> place =
        upload.get("_Components") instanceof List<?> components
            ? components.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(path));
    Dict event =
        Dict.builder()
            .set("Timestamp", world.model().clock().instant().getEpochSecond())
            .set("ClientId", clientId)
            .set("VFSPath", OSPath.of(PathStyle.FILESTORE, place).text())
            .set("UploadName", path)
            .set("Accessor", upload.get("_accessor"))
            .set("Size", FlowTimes.number(upload, "file_size"))
            .set("UploadedSize", FlowTimes.number(upload, "uploaded_size"))
            .build();
    world.model().bus().publish(QUEUE, clientId, event, Origin.SERVER);
  }
}
