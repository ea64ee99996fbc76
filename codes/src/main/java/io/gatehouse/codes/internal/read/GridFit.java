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

    /** The same for the contrast of the other known modules by themselves. */
    private static final double LEAST_REST = 0.12;

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
        List<Fitted> likely = new ArrayList<>();
        for (int version : versions(triple)) {
            Version of = Version.getVersionForNumber(version);
            GridFit fit = new GridFit(grey, Pilots.of(of));
            Warp flat = new Warp(fit.pilots.size(), triple);
            likely.add(new Fitted(flat, of, fit.contrast(flat, fit.coarse, fit.coarsePoints)));
        }
        likely.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        List<Fitted> rough = new ArrayList<>();
        for (Fitted flat : likely.subList(0, Math.min(3, likely.size()))) {
            rough.add(new GridFit(grey, Pilots.of(flat.version())).rough(triple, flat.version()));
        }
        rough.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        if (rough.get(0).contrast() < LEAST_SHARE * finderContrast(grey, triple)) {
            return List.of();
        }
        List<Fitted> fine = new ArrayList<>();
        double least = LEAST_REST * finderContrast(grey, triple);
        for (Fitted fitted : rough.subList(0, Math.min(2, rough.size()))) {
            GridFit fit = new GridFit(grey, Pilots.of(fitted.version()));
            Warp warp = new Warp(fitted.warp());
            double most = fit.refine(warp, Warp.POINTS, fit.contrast(warp, fit.template, fit.points));
            if (fit.restContrast() >= least) {
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
        for (Finder finder : List.of(triple.corner(), triple.right(), triple.down())) {
            double away = 2 * finder.module();
            double ring = grey.at(finder.x() + away, finder.y())
                    + grey.at(finder.x() - away, finder.y())
                    + grey.at(finder.x(), finder.y() + away)
                    + grey.at(finder.x(), finder.y() - away);
            sum += ring / 4 - grey.at(finder.x(), finder.y());
        }
        return sum / 3;
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

    private Fitted rough(Triple triple, Version version) {
        Warp best = new Warp(pilots.size(), triple);
        double most = contrast(best, coarse, coarsePoints);
        int steps = Math.max(2, (int) Math.round(SEARCHED * pilots.size() / STEP_MODULES));
        double step = STEP_MODULES / pilots.size();
        Warp flat = new Warp(best);
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
        return new Fitted(best, version, most);
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
