package dev.keyling.checkpoint;

/**
 * Where the content of a checkpoint is kept so that it can be restored after newer ones: its
 * manifest, which is the positions of the sources, the watermarks, and what sinks have staged. The
 * state itself is in the journal and the rows of the store, for as long as a retained checkpoint
 * needs it; a copy of the state is a savepoint. So the sizes and limits of a storage apply to
 * manifests.
 *
 * <p>Without one the manifests are kept in the store, without a limit of their size.
 */
public sealed interface CheckpointStorage
    permits JobManagerCheckpointStorage, FileSystemCheckpointStorage, CustomCheckpointStorage {}
