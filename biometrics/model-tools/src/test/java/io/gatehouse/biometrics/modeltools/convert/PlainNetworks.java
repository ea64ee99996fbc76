package io.gatehouse.biometrics.modeltools.convert;

import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.add;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.averagePool2;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.bias;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.conv;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.depthwise;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.maxPool3;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.meanTimes;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.relu;
import static io.gatehouse.biometrics.modeltools.convert.PlainLayers.scale;

/** Both networks put together from {@link PlainLayers}. */
final class PlainNetworks {
    private final TfjsWeights weights;

    PlainNetworks(TfjsWeights weights) {
        this.weights = weights;
    }

    double[] dlibResNet(Map3 picture) {
        Map3 x = maxPool3(relu(scaled("conv32_down", picture, 2, 0)));
        for (String block : new String[] {
            "conv32_1",
            "conv32_2",
            "conv32_3",
            "conv64_down",
            "conv64_1",
            "conv64_2",
            "conv64_3",
            "conv128_down",
            "conv128_1",
            "conv128_2",
            "conv256_down",
            "conv256_1",
            "conv256_2",
            "conv256_down_out"
        }) {
            boolean down = block.contains("down");
            Map3 inner = relu(scaled(block + "/conv1", x, down ? 2 : 1, down ? 0 : 1));
            inner = scaled(block + "/conv2", inner, 1, 1);
            x = relu(add(inner, down ? averagePool2(x) : x));
        }
        return meanTimes(x, weights.get("fc"));
    }

    double[] faceLandmark68(Map3 picture) {
        Map3 x = picture;
        for (int block = 0; block < 4; block++) {
            String name = "dense" + block + "/conv";
            Map3 first = block == 0
                    ? bias(conv(x, weights.get(name + "0/filters"), 2, 0, 56, 56), weights.get(name + "0/bias"))
                    : separable(name + "0", x, 2);
            Map3 a = relu(first);
            Map3 b = separable(name + "1", a, 1);
            Map3 c = separable(name + "2", relu(add(a, b)), 1);
            Map3 d = separable(name + "3", relu(add(a, add(b, c))), 1);
            x = relu(add(a, add(b, add(c, d))));
        }
        double[] out = meanTimes(x, weights.get("fc/weights"));
        for (int i = 0; i < out.length; i++) {
            out[i] += weights.get("fc/bias").values()[i];
        }
        return out;
    }

    private Map3 scaled(String layer, Map3 x, int stride, int pad) {
        var filters = weights.get(layer + "/conv/filters");
        int height = (x.height() + 2 * pad - filters.dimension(0)) / stride + 1;
        int width = (x.width() + 2 * pad - filters.dimension(1)) / stride + 1;
        return scale(
                conv(x, filters, stride, pad, height, width),
                weights.get(layer + "/conv/bias"),
                weights.get(layer + "/scale/weights"),
                weights.get(layer + "/scale/biases"));
    }

    private Map3 separable(String layer, Map3 x, int stride) {
        int size = x.height() / stride;
        Map3 each = depthwise(x, weights.get(layer + "/depthwise_filter"), stride, stride == 2 ? 0 : 1, size);
        Map3 mixed = conv(each, weights.get(layer + "/pointwise_filter"), 1, 0, size, size);
        return bias(mixed, weights.get(layer + "/bias"));
    }
}
