package io.gatehouse.policy.retain;

/**
 * How far a run is, told after each batch. Immutable and thread-safe.
 *
 * @param keeper whose data are being destroyed
 * @param items  how many items of it are destroyed
 * @param keys   how many keys
 * @param held   how many were passed over, for they are held
 */
public record PurgeProgress(String keeper, long items, long keys, long held) {}
