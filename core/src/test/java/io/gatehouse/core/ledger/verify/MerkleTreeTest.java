package io.gatehouse.core.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final int LEAVES = 70;

    /** The definition in RFC 9162 section 2.1.1, word for word, as what the fast tree is held against. */
    private static byte[] plainRoot(List<byte[]> leafHashes) {
        Sha256 sha256 = new Sha256();
        if (leafHashes.isEmpty()) {
            return sha256.of(new byte[0]);
        }
        if (leafHashes.size() == 1) {
            return leafHashes.get(0);
        }
        int middle = Integer.highestOneBit(leafHashes.size() - 1);
        return sha256.node(
                plainRoot(leafHashes.subList(0, middle)), plainRoot(leafHashes.subList(middle, leafHashes.size())));
    }

    private static List<byte[]> leaves(int count) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(MerkleTree.leafHash(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    private static MerkleProofs.Subtrees subtrees(List<byte[]> leaves) {
        return (height, index) -> plainRoot(leaves.subList((int) (index << height), (int) ((index + 1) << height)));
    }

    @Test
    void hashesAsTheRfcSays() {
        assertThat(HexFormat.of().formatHex(new MerkleTree().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(HexFormat.of().formatHex(MerkleTree.leafHash(new byte[0])))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Test
    void growsToTheRootOfTheDefinitionAtEverySize() throws IOException {
        List<byte[]> leaves = leaves(LEAVES);
        MerkleTree tree = new MerkleTree();
        for (int size = 0; size <= LEAVES; size++) {
            byte[] expected = plainRoot(leaves.subList(0, size));
            assertThat(tree.root()).isEqualTo(expected);
            assertThat(MerkleProofs.root(size, subtrees(leaves))).isEqualTo(expected);
            assertThat(tree.size()).isEqualTo(size);
            if (size < LEAVES) {
                tree.append(leaves.get(size));
            }
        }
    }

    @Test
    void growsBySubtreesAndTellsWhichAreComplete() {
        List<byte[]> leaves = leaves(LEAVES);
        MerkleTree tree = new MerkleTree();
        List<String> completed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tree.append(leaves.get(i), (height, index, root) -> {
                completed.add(height + "/" + index);
                int from = (int) (index << height);
                assertThat(root).isEqualTo(plainRoot(leaves.subList(from, from + (1 << height))));
            });
        }
        assertThat(completed).containsExactly("0/0", "0/1", "1/0", "0/2", "0/3", "1/1", "2/0");
        MerkleTree other = new MerkleTree();
        other.appendSubtree(2, tree.root());
        MerkleTree copy = other.copy();
        other.append(leaves.get(4));
        assertThat(other.root()).isEqualTo(plainRoot(leaves.subList(0, 5)));
        assertThat(copy.root()).isEqualTo(tree.root());
        assertThatIllegalArgumentException().isThrownBy(() -> other.appendSubtree(1, tree.root()));
        assertThatIllegalArgumentException().isThrownBy(() -> other.append(new byte[31]));
    }

    @Test
    void provesEveryLeafOfEverySizeAndNoOther() throws IOException {
        List<byte[]> leaves = leaves(LEAVES);
        for (int size = 1; size <= LEAVES; size++) {
            byte[] root = plainRoot(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = MerkleProofs.inclusion(index, size, subtrees(leaves));
                byte[] leaf = leaves.get(index);
                assertThat(MerkleProofs.verifyInclusion(index, size, leaf, proof, root))
                        .isTrue();
                assertThat(MerkleProofs.verifyInclusion(index + 1, size, leaf, proof, root))
                        .isFalse();
                assertThat(MerkleProofs.verifyInclusion(index, size, root, proof, leaf))
                        .isEqualTo(size == 1);
                assertThat(MerkleProofs.verifyInclusion(index, size, leaves.get((index + 1) % LEAVES), proof, root))
                        .isFalse();
            }
        }
    }

    @Test
    void provesEveryEarlierSizeAndNoOther() throws IOException {
        List<byte[]> leaves = leaves(LEAVES);
        for (int size = 1; size <= LEAVES; size++) {
            byte[] root = plainRoot(leaves.subList(0, size));
            for (int earlier = 1; earlier <= size; earlier++) {
                byte[] earlierRoot = plainRoot(leaves.subList(0, earlier));
                List<byte[]> proof = MerkleProofs.consistency(earlier, size, subtrees(leaves));
                assertThat(MerkleProofs.verifyConsistency(earlier, size, earlierRoot, root, proof))
                        .isTrue();
                assertThat(MerkleProofs.verifyConsistency(earlier, size, leaves.get(LEAVES - 1), root, proof))
                        .isFalse();
                assertThat(MerkleProofs.verifyConsistency(earlier, size, earlierRoot, leaves.get(LEAVES - 1), proof))
                        .isFalse();
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleProofs.consistency(0, 1, subtrees(leaves)));
        assertThatIllegalArgumentException().isThrownBy(() -> MerkleProofs.inclusion(1, 1, subtrees(leaves)));
    }
}
