package io.gatehouse.core.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vectors of transparency-dev/merkle: proofs that must hold, and proofs that must not. */
class MerkleVectorsTest {
    private static final int INCLUSION_VECTORS = 98;
    private static final int CONSISTENCY_VECTORS = 98;

    @TestFactory
    Stream<DynamicTest> inclusionVectors() throws IOException {
        List<Path> vectors = vectors("inclusion");
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(INCLUSION_VECTORS);
        return vectors.stream()
                .map(file -> test(
                        file,
                        vector -> MerkleProofs.verifyInclusion(
                                vector.number("leafIdx"),
                                vector.number("treeSize"),
                                vector.bytes("leafHash"),
                                vector.proof(),
                                vector.bytes("root"))));
    }

    @TestFactory
    Stream<DynamicTest> consistencyVectors() throws IOException {
        List<Path> vectors = vectors("consistency");
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(CONSISTENCY_VECTORS);
        return vectors.stream()
                .map(file -> test(
                        file,
                        vector -> MerkleProofs.verifyConsistency(
                                vector.number("size1"),
                                vector.number("size2"),
                                vector.bytes("root1"),
                                vector.bytes("root2"),
                                vector.proof())));
    }

    @FunctionalInterface
    private interface Verifying {
        boolean verify(Vector vector);
    }

    private static DynamicTest test(Path file, Verifying verifying) {
        String name = file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
        return DynamicTest.dynamicTest(name, () -> {
            Vector vector = new Vector(Files.readString(file));
            assertThat(verifying.verify(vector)).isEqualTo(!vector.isWrong());
        });
    }

    private static List<Path> vectors(String kind) throws IOException {
        Path directory = Path.of(System.getProperty("gatehouse.shared.data", ""), "merkle", kind);
        assumeTrue(Files.isDirectory(directory), "the Merkle vectors are not beside the project");
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** One flat JSON object, read by patterns. */
    private record Vector(String json) {
        long number(String name) {
            Matcher matcher = Pattern.compile("\"" + name + "\":\\s*([0-9]+)").matcher(json);
            assertThat(matcher.find()).as(name).isTrue();
            return new BigInteger(matcher.group(1)).longValue();
        }

        byte[] bytes(String name) {
            Matcher matcher =
                    Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(json);
            assertThat(matcher.find()).as(name).isTrue();
            return Base64.getDecoder().decode(matcher.group(1));
        }

        boolean isWrong() {
            Matcher matcher = Pattern.compile("\"wantErr\":\\s*(true|false)").matcher(json);
            assertThat(matcher.find()).isTrue();
            return Boolean.parseBoolean(matcher.group(1));
        }

        List<byte[]> proof() {
            List<byte[]> proof = new ArrayList<>();
            Matcher list = Pattern.compile("\"proof\":\\s*\\[([^\\]]*)\\]").matcher(json);
            if (list.find()) {
                Matcher hash = Pattern.compile("\"([^\"]*)\"").matcher(list.group(1));
                while (hash.find()) {
                    proof.add(Base64.getDecoder().decode(hash.group(1)));
                }
            }
            return proof;
        }
    }
}
