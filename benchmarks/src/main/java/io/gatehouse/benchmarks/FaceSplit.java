package io.gatehouse.benchmarks;

import ai.onnxruntime.OrtException;
import io.gatehouse.biometrics.face.AnalysisEvent;
import io.gatehouse.biometrics.face.AnalysisListener;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.LandmarkModel;
import io.gatehouse.biometrics.model.LivenessModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of a 640×480 frame goes: the processor time that each stage takes, beside its network by itself in
 * ONNX Runtime, both on one thread, one after the other in each round. Processor time, since it does not count what
 * others on the machine do: {@code java -cp target/benchmarks.jar io.gatehouse.benchmarks.FaceSplit PICTURE [ROUNDS]}.
 */
public final class FaceSplit {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 150;

    private final Map<String, List<Long>> whole = new LinkedHashMap<>();
    private final Map<String, List<Long>> bare = new LinkedHashMap<>();
    private long last;

    private FaceSplit() {}

    public static void main(String[] arguments) throws IOException, OrtException {
        Path picture = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        new FaceSplit().measure(picture, rounds);
    }

    private void measure(Path picture, int rounds) throws IOException, OrtException {
        ModelPack pack = ModelPack.loadDefault();
        ModelPack livenessPack = ModelPack.loadLiveness();
        AnalysisListener clock = this::heard;
        try (FaceAnalyser analyser = FaceAnalyser.builder(pack)
                .liveness(livenessPack)
                .options(FaceOptions.GATE)
                .listener(clock)
                .open()) {
            Frame frame = GatePicture.cut(picture, analyser);
            Map<String, BareNetwork> networks = networks(pack, livenessPack, frame);
            for (int round = -WARM_UP; round < rounds; round++) {
                if (round == 0) {
                    whole.clear();
                    bare.clear();
                }
                for (Map.Entry<String, BareNetwork> network : networks.entrySet()) {
                    long begin = THREADS.getCurrentThreadCpuTime();
                    network.getValue().run();
                    note(bare, network.getKey(), THREADS.getCurrentThreadCpuTime() - begin);
                }
                long begin = THREADS.getCurrentThreadCpuTime();
                analyser.analyse(frame);
                note(whole, "all", THREADS.getCurrentThreadCpuTime() - begin);
            }
            for (BareNetwork network : networks.values()) {
                network.close();
            }
        }
        report();
    }

    private static Map<String, BareNetwork> networks(ModelPack pack, ModelPack livenessPack, Frame frame)
            throws OrtException {
        DetectorModel first = pack.requireDetector();
        LandmarkModel second = pack.requireLandmarks();
        LivenessModel third = livenessPack.requireLiveness();
        EmbedderModel last = pack.requireEmbedder();
        Map<String, BareNetwork> networks = new LinkedHashMap<>();
        networks.put("FacesFound", BareNetwork.open(pack, first.file(), first.input(), 1, frame));
        networks.put("LandmarksLocated", BareNetwork.open(pack, second.file(), second.input(), 1, frame));
        networks.put("LivenessChecked", BareNetwork.open(livenessPack, third.file(), third.input(), 1, frame));
        int batch = last.averageWithMirror() ? 2 : 1;
        networks.put("TemplateMade", BareNetwork.open(pack, last.file(), last.input(), batch, frame));
        return networks;
    }

    private void heard(AnalysisEvent event) {
        long now = THREADS.getCurrentThreadCpuTime();
        if (!(event instanceof AnalysisEvent.Begun)) {
            note(whole, event.getClass().getSimpleName(), now - last);
        }
        last = THREADS.getCurrentThreadCpuTime();
    }

    private static void note(Map<String, List<Long>> times, String what, long nanos) {
        times.computeIfAbsent(what, key -> new ArrayList<>()).add(nanos);
    }

    private void report() {
        System.out.println("processor time in µs: least, median; the network alone; the difference");
        double leastNetworks = 0;
        double medianNetworks = 0;
        for (Map.Entry<String, List<Long>> stage : whole.entrySet()) {
            double least = micros(stage.getValue(), 0);
            double median = micros(stage.getValue(), 0.5);
            List<Long> alone = bare.get(stage.getKey());
            double leastAlone = alone == null ? 0 : micros(alone, 0);
            double medianAlone = alone == null ? 0 : micros(alone, 0.5);
            leastNetworks += leastAlone;
            medianNetworks += medianAlone;
            System.out.printf(
                    Locale.ROOT,
                    "%-17s %8.0f %8.0f   %8.0f %8.0f   %8.0f %8.0f%n",
                    stage.getKey(),
                    least,
                    median,
                    leastAlone,
                    medianAlone,
                    least - leastAlone,
                    median - medianAlone);
        }
        double least = micros(whole.getOrDefault("all", List.of()), 0);
        double median = micros(whole.getOrDefault("all", List.of()), 0.5);
        System.out.printf(
                Locale.ROOT,
                "everything but the networks: %.1f %% by the least, %.1f %% by the median%n",
                100 * (least - leastNetworks) / least,
                100 * (median - medianNetworks) / median);
    }

    private static double micros(List<Long> nanos, double part) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.round(part * sorted.length))] / 1e3;
    }
}
