package dev.keyling.persistence;

/**
 * How far the rows of a key group reach.
 *
 * @param id the rows hold all commits with an id up to this one
 * @param sequenceNr the journal of the group may be trimmed up to this sequence number
 */
public record Mark(long id, long sequenceNr) {}
