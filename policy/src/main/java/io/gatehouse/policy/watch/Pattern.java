package io.gatehouse.policy.watch;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.Schedule;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a rule looks for. Sealed, immutable, thread-safe. Windows are open at their far end: of two passages exactly ten
 * minutes apart, ten minutes hold one.
 */
public sealed interface Pattern {

    /** Somebody passes while the hours do not hold (REG-6). Needs no order, so it is told however late. */
    record OutsideHours(Schedule hours) implements Pattern {
        public OutsideHours {
            Objects.requireNonNull(hours, "hours");
        }
    }

    /**
     * Something was recorded of one of these kinds, such as {@link EventKind#DOOR_HELD_OPEN} or
     * {@link EventKind#DOOR_FORCED_OPEN}. Told however late.
     */
    record Reported(Set<EventKind> kinds) implements Pattern {
        public Reported {
            kinds = Set.copyOf(kinds);
            if (kinds.isEmpty()) {
                throw new IllegalArgumentException("a rule on what is reported names at least one kind");
            }
        }
    }

    /** The same person passes so many times within a time (REG-6); each further passage within it is told again. */
    record ManyPassages(int count, Duration within) implements Pattern {
        public ManyPassages {
            Limits.require("passages", count, 2, Limits.MOST_COUNTED);
            Limits.requireTime("a window", within);
        }
    }

    /** So many refusals within a time, of one person or at one portal of the site. */
    record RefusedOften(int count, Duration within, Per per) implements Pattern {
        /** Of what refusals are counted. */
        public enum Per {
            /** Of one person, wherever; whoever is not recognised is not counted. */
            PERSON,
            /** At one portal, of whomever. */
            PORTAL
        }

        public RefusedOften {
            Objects.requireNonNull(per, "per");
            Limits.require("refusals", count, 1, Limits.MOST_COUNTED);
            Limits.requireTime("a window", within);
        }
    }

    /**
     * Somebody shows up at two places sooner than anybody can come from one to the other: a credential that was copied.
     * Refusals count like passages.
     *
     * @param spots 2 to 64 places
     * @param least what it takes from any to any other
     * @param ways  between which it takes more or less than that
     */
    record TooFarApart(List<Spot> spots, Duration least, List<Way> ways) implements Pattern {
        public TooFarApart {
            spots = List.copyOf(spots);
            ways = List.copyOf(ways);
            Limits.require("places", spots.size(), 2, 64);
            Limits.requireTime("a way", least);
            Set<String> names = new HashSet<>(spots.stream().map(Spot::name).toList());
            if (names.size() != spots.size()) {
                throw new IllegalArgumentException("a place occurs twice among " + names);
            }
            for (Way way : ways) {
                if (!names.contains(way.from())
                        || !names.contains(way.to())
                        || way.from().equals(way.to())) {
                    throw new IllegalArgumentException("the way from " + way.from() + " to " + way.to()
                            + " is not between two of the places " + names);
                }
            }
        }

        /** A place: these portals, and those that lead into these zones or what lies in them. */
        public record Spot(String name, Set<PortalId> portals, Set<ZoneCode> zones) {
            public Spot {
                portals = Set.copyOf(portals);
                zones = Set.copyOf(zones);
                if (name.isBlank() || (portals.isEmpty() && zones.isEmpty())) {
                    throw new IllegalArgumentException("place '" + name + "' needs a name, and portals or zones");
                }
            }
        }

        /** What it takes at least from one place to another, and back. */
        public record Way(String from, String to, Duration least) {
            public Way {
                Limits.requireTime("a way", least);
            }
        }
    }

    /**
     * Somebody is in many departments within a time and nowhere stays long (REG-10); told at the end of the stay that makes
     * it so many.
     *
     * @param departments zones, 2 to 64, each with what lies in it
     * @param count       in so many of them
     * @param shortStay   a stay is short if it is shorter
     */
    record ManyDepartments(List<ZoneCode> departments, int count, Duration shortStay, Duration within)
            implements Pattern {
        public ManyDepartments {
            departments = List.copyOf(departments);
            Limits.require("departments", departments.size(), 2, 64);
            Limits.require("departments", count, 2, departments.size());
            if (departments.contains(ZoneCode.OUTSIDE)
                    || Set.copyOf(departments).size() != departments.size()) {
                throw new IllegalArgumentException(
                        "departments differ from each other and from " + ZoneCode.OUTSIDE + ": " + departments);
            }
            Limits.requireTime("a short stay", shortStay);
            Limits.requireTime("a window", within);
        }
    }

    /** Somebody shows up who did not for so long (REG-10). Who was never seen is told by nothing here. */
    record Reappears(Duration unseen) implements Pattern {
        public Reappears {
            Limits.requireTime("an absence", unseen);
        }
    }

    /** Somebody stays longer in the rule's zones; told once a stay, when the time is over. */
    record Overstay(Duration longest) implements Pattern {
        public Overstay {
            Limits.requireTime("a stay", longest);
        }
    }

    /** More people are in the rule's zones than may be (REG-9), named or not; told again after it was put right. */
    record OverLimit(int most) implements Pattern {
        public OverLimit {
            Limits.require("people", most, 0, 10_000_000);
        }
    }

    /**
     * Somebody is still in the rule's zones at a time of the day, by the site's clock, and was not seen for a while.
     *
     * @param unseen for how long; zero tells of everybody who is there
     */
    record MissingExit(LocalTime by, Duration unseen) implements Pattern {
        public MissingExit {
            Objects.requireNonNull(by, "by");
            if (!unseen.isZero()) {
                Limits.requireTime("the time that somebody was not seen", unseen);
            }
        }
    }
}
