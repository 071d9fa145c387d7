package dev.keyling.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A file on a {@link CrashingDisk}: every change of it may be the one at which the process dies.
 */
final class CrashingChannel extends FileChannel {
  private final CrashingDisk disk;
  private final Path file;
  private final FileChannel real;

  CrashingChannel(CrashingDisk disk, Path file, FileChannel real) {
    this.disk = disk;
    this.file = file;
    this.real = real;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int before = bytes.remaining();
    disk.write(half -> real.write(half ? bytes.slice().limit(bytes.remaining() / 2) : bytes));
    return before - bytes.remaining();
  }

  @Override
  public int write(ByteBuffer bytes, long at) throws IOException {
    int before = bytes.remaining();
    disk.write(half -> real.write(half ? bytes.slice().limit(bytes.remaining() / 2) : bytes, at));
    return before - bytes.remaining();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.change(half -> real.truncate(half ? (real.size() + size) / 2 : size));
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.force(file);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return real.read(bytes);
  }

  @Override
  public int read(ByteBuffer bytes, long from) throws IOException {
    return real.read(bytes, from);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }

  @Override
  public long read(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
