package dev.keyling.sharding.job;

import dev.keyling.actors.ActorsSettings;
import dev.keyling.persistence.RowStore;
import dev.keyling.plan.Plan;
import dev.keyling.sharding.region.GroupRegions;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * What all attempts of a job share.
 *
 * @param rows null if nothing is stored
 */
public record JobParts(
    ActorSystem<?> system,
    Plan plan,
    JobSettings settings,
    ActorsSettings actors,
    GroupRegions regions,
    @Nullable RowStore rows,
    InstantSource clock,
    JobCounts counts) {}
