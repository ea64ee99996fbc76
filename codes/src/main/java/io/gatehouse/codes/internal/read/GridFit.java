package io.gatehouse.codes.internal.read;

import com.google.zxing.qrcode.decoder.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lays a symbol's grid over a picture so that the modules whose colour is known fall on that colour. First the fourth
 * corner is looked for, since three finder patterns leave the perspective open, then all points are moved, and the bend,
 * by shrinking steps as long as that brings contrast between the known dark and the known light.
 *
 * <p>It needs no edges, only contrast on average, and so works where blur or noise leave no clean outline to trace.
 */
final class GridFit {
    private static final double[] FINE = {0.25, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75};
    private static final double[] MIDDLE = {0.5, 0.5};

    private final Grey grey;
    private final Pilots pilots;
    private final float[] template;
    private final float[] coarse;
    private final float[] points;
    private final float[] coarsePoints;

    /** Less of the finder patterns' own contrast than this, and they are not of one symbol. */
    private static final double LEAST_SHARE = 0.35;

    /** How far around its likely place the fourth point is looked for, of the symbol's side. */
    private static final double SEARCHED = 0.16;

    private static final double STEP_MODULES = 2;

    /** By how much of half the side a bend moves what lies between the finder patterns. */
    private static final double[] BENDS = {0.08, 0.16, 0.24, 0.32};

    /** The same for the contrast of the other known modules by themselves. */
    private static final double LEAST_REST = 0.12;

    /** How far around its guessed place a finder pattern is looked for that cannot be seen. */
    private static final int GUESS_STEPS = 3;

    private static final double GUESS_STEP_MODULES = 1.5;

    private GridFit(Grey grey, Pilots pilots) {
        this.grey = grey;
        this.pilots = pilots;
        this.template = points(pilots, FINE);
        this.coarse = points(pilots, MIDDLE);
        this.points = new float[template.length];
        this.coarsePoints = new float[coarse.length];
    }

    /** A grid with the contrast that it has between known dark and known light, 0 to 255. */
    record Fitted(Warp warp, Version version, double contrast) {}

    /** The best grids of the likely versions, best first. */
    static List<Fitted> of(Grey grey, Triple triple) {
        return best(grey, flat(grey, List.of(triple), versions(triple)), finderContrast(grey, triple));
    }

    /** The same where one of the three finder patterns cannot be seen, and is looked for around its guessed place. */
    static List<Fitted> ofGuess(Grey grey, Triple guess) {
        List<Triple> around = new ArrayList<>();
        double step = GUESS_STEP_MODULES * guess.corner().module();
        for (int x = -GUESS_STEPS; x <= GUESS_STEPS; x++) {
            for (int y = -GUESS_STEPS; y <= GUESS_STEPS; y++) {
                around.add(guess.guessedAt(x * step, y * step));
            }
        }
        double seen = finderContrast(grey, guess) * guess.seen().size() / 3;
        return best(grey, flat(grey, around, versions(guess)), seen);
    }

    /** Not fitted yet, best first. */
    private static List<Fitted> flat(Grey grey, List<Triple> triples, List<Integer> versions) {
        List<Fitted> flat = new ArrayList<>();
        for (int version : versions) {
            Version of = Version.getVersionForNumber(version);
            GridFit fit = new GridFit(grey, Pilots.of(of));
            for (Triple triple : triples) {
                Warp warp = new Warp(fit.pilots.size(), triple);
                flat.add(new Fitted(warp, of, fit.contrast(warp, fit.coarse, fit.coarsePoints)));
            }
        }
        flat.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        return flat;
    }

    private static List<Fitted> best(Grey grey, List<Fitted> likely, double finders) {
        List<Fitted> rough = new ArrayList<>();
        for (Fitted flat : likely.subList(0, Math.min(3, likely.size()))) {
            rough.add(new GridFit(grey, Pilots.of(flat.version())).rough(flat));
        }
        rough.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        if (rough.get(0).contrast() < LEAST_SHARE * finders) {
            return List.of();
        }
        List<Fitted> fine = new ArrayList<>();
        for (Fitted fitted : rough.subList(0, Math.min(2, rough.size()))) {
            GridFit fit = new GridFit(grey, Pilots.of(fitted.version()));
            Warp warp = new Warp(fitted.warp());
            double most = fit.refine(warp, Warp.POINTS, fit.contrast(warp, fit.template, fit.points));
            if (fit.restContrast() >= LEAST_REST * finders) {
                most = fit.refine(warp, Warp.ALL, most);
                fine.add(new Fitted(warp, fitted.version(), fit.refine(warp, Warp.ALL, most)));
            }
        }
        fine.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        return fine;
    }

    /** Between the middles of the finder patterns and the light ring around those. */
    private static double finderContrast(Grey grey, Triple triple) {
        double sum = 0;
        for (Finder finder : triple.seen()) {
            double away = 2 * finder.module();
            double ring = grey.at(finder.x() + away, finder.y())
                    + grey.at(finder.x() - away, finder.y())
                    + grey.at(finder.x(), finder.y() + away)
                    + grey.at(finder.x(), finder.y() - away);
            sum += ring / 4 - grey.at(finder.x(), finder.y());
        }
        return sum / triple.seen().size();
    }

    private static List<Integer> versions(Triple triple) {
        double squared = (square(triple.corner()) + square(triple.right()) + square(triple.down())) / 3;
        // By area, which seeing it from aside changes alike for a module and for the whole.
        double size = Math.sqrt(triple.area() / squared) + 7;
        int likely = (int) Math.round((size - 17) / 4);
        int reach = likely > 8 ? 3 : 2;
        List<Integer> versions = new ArrayList<>();
        for (int version = Math.max(1, likely - reach); version <= Math.min(40, likely + reach); version++) {
            versions.add(version);
        }
        return versions;
    }

    private static double square(Finder finder) {
        return finder.module() * finder.module();
    }

    /** The contrast without the finder patterns, which any three of them have. */
    private double restContrast() {
        int from = pilots.finderModules() * FINE.length;
        double light = 0;
        double dark = 0;
        int lights = 0;
        for (int at = from; at < points.length; at += 2) {
            double value = grey.at(points[at], points[at + 1]);
            if (pilots.modules().get(at / FINE.length)[2] > 0) {
                light += value;
                lights++;
            } else {
                dark += value;
            }
        }
        return light / lights - dark / ((points.length - from) / 2 - lights);
    }

    private Fitted rough(Fitted start) {
        Warp flat = start.warp();
        Warp best = flat;
        double most = start.contrast();
        int steps = Math.max(2, (int) Math.round(SEARCHED * pilots.size() / STEP_MODULES));
        double step = STEP_MODULES / pilots.size();
        for (int right = -steps; right <= steps; right++) {
            for (int down = -steps; down <= steps; down++) {
                Warp tried = new Warp(flat);
                tried.moveFourth(right * step, down * step);
                double contrast = contrast(tried, coarse, coarsePoints);
                if (contrast > most) {
                    most = contrast;
                    best = tried;
                }
            }
        }
        return bent(new Fitted(best, start.version(), most));
    }

    /** A strong bend is out of reach of small steps: it is tried by a few. */
    private Fitted bent(Fitted flat) {
        Fitted best = flat;
        for (int around : Warp.AROUND) {
            for (double bend : BENDS) {
                Warp tried = new Warp(flat.warp());
                tried.parameters[around] = bend * pilots.size() / 2 * tried.module();
                double contrast = contrast(tried, coarse, coarsePoints);
                if (contrast > best.contrast()) {
                    best = new Fitted(tried, flat.version(), contrast);
                }
            }
        }
        return best;
    }

    private double refine(Warp warp, int kinds, double contrast) {
        double most = contrast;
        for (double step = kinds == Warp.POINTS ? 1.2 : 0.8; step > 0.06; step /= 2) {
            most = descend(warp, kinds, step * warp.module(), most);
        }
        // The points lie where the best grid puts them: restContrast looks there.
        return contrast(warp, template, points);
    }

    private double descend(Warp warp, int kinds, double step, double contrast) {
        double most = contrast;
        for (int i = 0; i < kinds; i++) {
            for (int way = -1; way <= 1; way += 2) {
                double before = warp.parameters[i];
                warp.parameters[i] += way * step;
                double now = contrast(warp, template, points);
                if (now > most) {
                    most = now;
                    break;
                }
                warp.parameters[i] = before;
            }
        }
        return most;
    }

    private static float[] points(Pilots pilots, double[] within) {
        float[] template = new float[pilots.modules().size() * within.length];
        int to = 0;
        for (int[] module : pilots.modules()) {
            for (int i = 0; i < within.length; i += 2) {
                template[to++] = (float) (module[0] + within[i]);
                template[to++] = (float) (module[1] + within[i + 1]);
            }
        }
        return template;
    }

    /** Mean of the known light less mean of the known dark. */
    private double contrast(Warp warp, float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
        warp.toPixels(to);
        int each = from.length / pilots.modules().size();
        double light = 0;
        double dark = 0;
        int lights = 0;
        int at = 0;
        for (int[] module : pilots.modules()) {
            for (int i = 0; i < each; i += 2, at += 2) {
                double value = grey.at(to[at], to[at + 1]);
                if (module[2] > 0) {
                    light += value;
                    lights++;
                } else {
                    dark += value;
                }
            }
        }
        return light / lights - dark / (from.length / 2 - lights);
    }
}
