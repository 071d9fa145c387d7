package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.persistence.checkpoint.CheckpointDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** What the record of a job knows of a manifest that is kept outside of it. */
sealed interface ManifestPlace {

  /** In a {@link FileSystemCheckpointStorage}, whose directory for the dataflow this is. */
  record Directory(String path) implements ManifestPlace {
    @Override
    public Manifests withoutStorage() {
      return ManifestsOutside.inDirectory(Path.of(path));
    }

    @Override
    public String inWords(long checkpoint) {
      return new CheckpointDirectory(Path.of(path), 0).directory(checkpoint).toString();
    }
  }

  /** In a storage of the user's. */
  record Custom() implements ManifestPlace {
    @Override
    public Manifests withoutStorage() throws IOException {
      throw new IOException(
          "it is kept by a CustomCheckpointStorage, and none is set; set it with"
              + " setCheckpointStorage");
    }

    @Override
    public String inWords(long checkpoint) {
      return "a custom storage";
    }
  }

  /**
   * Returns what finds it when the dataflow has another storage by now.
   *
   * @throws IOException if nothing can; says what to do
   */
  Manifests withoutStorage() throws IOException;

  /** Says where the manifest of a checkpoint is. */
  String inWords(long checkpoint);

  default byte[] encode() {
    ByteWriter writer = new ByteWriter();
    if (this instanceof Directory directory) {
      writer.writeByte(1);
      writer.writeString(directory.path());
    } else {
      writer.writeByte(2);
    }
    return writer.toByteArray();
  }

  static ManifestPlace decode(byte[] place) throws IOException {
    ByteReader reader = new ByteReader(place);
    int kind = reader.readByte();
    if (kind == 1) {
      return new Directory(reader.readString());
    }
    if (kind == 2) {
      return new Custom();
    }
    throw new IOException("it is kept in a kind of place (" + kind + ") that is not known here");
  }
}
