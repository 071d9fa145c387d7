package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CustomCheckpointStorage;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.persistence.checkpoint.CheckpointDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Manifests that a storage holds, in parts: the large handles of sinks, then all the rest. */
final class ManifestsOutside implements Manifests {
  private final CustomCheckpointStorage storage;
  private final ManifestPlace place;

  /** The size in bytes from which on a handle is a part of its own. */
  private final int threshold;

  private ManifestsOutside(CustomCheckpointStorage storage, ManifestPlace place, int threshold) {
    this.storage = storage;
    this.place = place;
    this.threshold = threshold;
  }

  static ManifestsOutside in(CustomCheckpointStorage storage) {
    return new ManifestsOutside(
        storage, new ManifestPlace.Custom(), FileSystemCheckpointStorage.DEFAULT_THRESHOLD);
  }

  static ManifestsOutside in(FileSystemCheckpointStorage files, String dataflow) {
    Path root = files.path().resolve(dataflow).toAbsolutePath().normalize();
    return new ManifestsOutside(
        new CheckpointDirectory(root, files.bufferSize()),
        new ManifestPlace.Directory(root.toString()),
        files.minFileStateSize());
  }

  /** Those that are there; the sizes are only for new ones. */
  static ManifestsOutside inDirectory(Path root) {
    FileSystemCheckpointStorage sizes = new FileSystemCheckpointStorage(root);
    return new ManifestsOutside(
        new CheckpointDirectory(root, sizes.bufferSize()),
        new ManifestPlace.Directory(root.toString()),
        sizes.minFileStateSize());
  }

  @Override
  public byte[] keep(Manifest manifest) throws IOException {
    long id = manifest.id();
    List<byte[]> parts = new ArrayList<>();
    byte[] metadata = ManifestParts.split(manifest, threshold, parts);
    for (int part = 0; part < parts.size(); part++) {
      write(id, partName(part), parts.get(part));
    }
    write(id, CheckpointDirectory.METADATA, metadata);
    return place();
  }

  private static String partName(int part) {
    return "part-" + part;
  }

  private void write(long id, String name, byte[] bytes) throws IOException {
    try (OutputStream out = storage.create(id, name)) {
      out.write(bytes);
    }
  }

  @Override
  public Manifest read(long checkpoint, byte[] at) throws IOException {
    if (!Arrays.equals(at, place())) {
      return ManifestPlace.decode(at).withoutStorage().read(checkpoint, at);
    }
    Manifest manifest =
        ManifestParts.join(
            read(checkpoint, CheckpointDirectory.METADATA),
            part -> read(checkpoint, partName(part)));
    if (manifest.id() != checkpoint) {
      throw new IOException(
          "what is kept as checkpoint %d is checkpoint %d; put the right one there, or restore another"
              .formatted(checkpoint, manifest.id()));
    }
    return manifest;
  }

  private byte[] read(long checkpoint, String name) throws IOException {
    try (InputStream in = storage.open(checkpoint, name)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void discard(long checkpoint, byte[] at) throws IOException {
    if (at.length == 0) {
      return;
    }
    if (Arrays.equals(at, place())) {
      storage.discard(checkpoint);
    } else {
      ManifestPlace.decode(at).withoutStorage().discard(checkpoint, at);
    }
  }

  @Override
  public List<Long> stored() throws IOException {
    return storage instanceof CheckpointDirectory files ? files.begun() : storage.completed();
  }

  @Override
  public byte[] place() {
    return place.encode();
  }
}
