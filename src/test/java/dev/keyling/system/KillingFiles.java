package dev.keyling.system;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;

/**
 * Files of the default file system that light the {@link Fuse} when the files of a savepoint are
 * written, renamed, read and deleted. One savepoint at a time.
 */
final class KillingFiles extends RelayedFiles {
  static final KillingFiles FILES = new KillingFiles();

  private static final String KEYS = ".keys";
  private static final String MANIFEST = "manifest.json";
  private static final String UNFINISHED = ".unfinished-";

  private static volatile boolean saving;
  private static volatile boolean saved;

  private KillingFiles() {}

  /** Returns a path to the same file, through these files. */
  static Path at(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            KillingFiles.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, given) -> {
              if (method.getName().equals("getFileSystem")) {
                return FILES.system();
              }
              Object[] arguments = given == null ? new Object[0] : given.clone();
              for (int i = 0; i < arguments.length; i++) {
                arguments[i] = arguments[i] instanceof Path path ? real(path) : arguments[i];
              }
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Path path ? at(path) : result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  /** Tells whether the directory of a savepoint is there that has not got its name. */
  static boolean isSaving() {
    return saving && !saved;
  }

  /** Tells whether a savepoint has got its name. */
  static boolean isSaved() {
    return saved;
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  @Override
  Path wrapped(Path real) {
    return at(real);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    super.createDirectory(directory, attributes);
    if (name(directory).contains(UNFINISHED)) {
      saving = true;
      Fuse.at(KillPoint.SAVEPOINT_BEFORE_CHECKPOINT);
    }
  }

  @Override
  public FileChannel newFileChannel(
      Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean isNew = options.contains(StandardOpenOption.CREATE_NEW);
    if (name(file).endsWith(KEYS)) {
      Fuse.at(isNew ? KillPoint.SAVEPOINT_BEFORE_GROUP_FILE : KillPoint.RESTORE_WHILE_COPYING);
    } else if (isNew) {
      Fuse.at(KillPoint.SAVEPOINT_BEFORE_MANIFEST);
    }
    FileChannel channel = super.newFileChannel(file, options, attributes);
    if (isNew) {
      Fuse.at(
          name(file).endsWith(KEYS)
              ? KillPoint.SAVEPOINT_WITHIN_GROUP_FILE
              : KillPoint.SAVEPOINT_WITHIN_MANIFEST);
    }
    return channel;
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    if (name(to).equals(MANIFEST)) {
      Fuse.at(KillPoint.SAVEPOINT_BEFORE_NAME_OF_MANIFEST);
      super.move(from, to, options);
    } else {
      Fuse.at(KillPoint.SAVEPOINT_BEFORE_NAME);
      super.move(from, to, options);
      saved = true;
      Fuse.at(KillPoint.SAVEPOINT_AFTER_NAME);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    if (name(path).equals(MANIFEST)) {
      Fuse.at(KillPoint.RESTORE_BEFORE_CLAIM);
    } else if (name(path).endsWith(KEYS)) {
      Fuse.at(KillPoint.RESTORE_WITHIN_CLAIM);
    }
    super.delete(path);
  }

  /** The names of a directory, as paths through these files. */
  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> real = super.newDirectoryStream(directory, filter);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> each = real.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return each.hasNext();
          }

          @Override
          public Path next() {
            return at(each.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
