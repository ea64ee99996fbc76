package io.gatehouse.examples.evaluate;

import io.gatehouse.biometrics.evaluate.AcquisitionCounts;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome;
import io.gatehouse.biometrics.evaluate.Calibrator;
import io.gatehouse.biometrics.evaluate.CalibratorOptions;
import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.GroupFigures;
import io.gatehouse.biometrics.evaluate.SearchTrials;
import io.gatehouse.biometrics.evaluate.TemplateFolder;
import io.gatehouse.biometrics.evaluate.VerificationFigures;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.model.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that was measured. The comparisons are those of the pairs file if there is one, else all with all; the
 * calibration is always made of all. For searches every third person by name is left out of the gallery and comes as a
 * stranger; of the others the first picture enrols and the rest are searched for.
 *
 * @param folder      where the pictures are
 * @param samples     the pictures, and what came of them
 * @param comparisons those whose rates are told
 * @param figures     their rates
 * @param threshold   the threshold, and whose it is
 * @param searches    searches of an open set
 * @param groups      differences between groups, if groups were given
 * @param calibration what this sample makes of a table
 * @param settings    how it was measured
 */
record Measured(
        Path folder,
        TemplateFolder samples,
        Comparisons comparisons,
        VerificationFigures figures,
        Threshold threshold,
        SearchTrials searches,
        Optional<GroupFigures> groups,
        CalibrationOutcome calibration,
        Settings settings) {

    /**
     * A threshold.
     *
     * @param distance where it is
     * @param origin   whose it is, in words
     */
    record Threshold(double distance, String origin) {}

    static Measured of(
            Path folder, TemplateFolder samples, Comparisons comparisons, Calibration ofPack, Settings settings) {
        Map<String, List<Template>> templates = samples.templates();
        Comparisons all = Comparisons.ofAll(templates);
        VerificationFigures figures = VerificationFigures.of(comparisons);
        Threshold threshold = threshold(figures, ofPack, settings.falseMatchRate());
        CalibratorOptions options = CalibratorOptions.DEFAULT;
        return new Measured(
                folder,
                samples,
                comparisons,
                figures,
                threshold,
                searches(templates),
                settings.groups().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                GroupFigures.of(all, settings.groups(), threshold.distance(), settings.bootstrap())),
                Calibrator.create(options.withBootstrap(settings.bootstrap()))
                        .calibrate(all, "pictures of the folder " + folder.getFileName()),
                settings);
    }

    private static Threshold threshold(VerificationFigures figures, Calibration ofPack, double rate) {
        try {
            return new Threshold(ofPack.distanceAt(rate), "the pack's calibration");
        } catch (UnsupportedRateException | ModelUnavailableException e) {
            return new Threshold(
                    figures.atFalseMatchRate(rate).distance(),
                    "these comparisons, since the pack supports no such rate");
        }
    }

    private static SearchTrials searches(Map<String, List<Template>> templates) {
        Map<String, List<Template>> gallery = new TreeMap<>();
        Map<String, List<Template>> probes = new TreeMap<>();
        List<String> people = new ArrayList<>(templates.keySet());
        for (int i = 0; i < people.size(); i++) {
            List<Template> own = templates.getOrDefault(people.get(i), List.of());
            if (i % 3 == 2) {
                probes.put(people.get(i), own);
            } else {
                gallery.put(people.get(i), own.subList(0, 1));
                probes.put(people.get(i), own.subList(1, own.size()));
            }
        }
        return SearchTrials.of(gallery, probes);
    }

    AcquisitionCounts acquisition() {
        return samples.acquisition();
    }
}
