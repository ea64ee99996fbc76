package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.TilePath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The hashes of the tree in the ledger's tables: the leaves beside the entries, every eighth level above them. */
final class NodeTables {
    private NodeTables() {}

    /** A hash at its place. */
    record Node(long position, byte[] hash) {}

    /** A hash that stands beside the entries; its level is at least 1. */
    record StoredNode(int level, long position, byte[] hash) {}

    /** Hashes of a level from a position on, before another, in order; level 0 are the leaves. */
    static List<Node> nodes(Connection connection, int level, long from, long end) throws SQLException {
        String sql = level == 0
                ? "SELECT position, leaf_hash FROM ledger_entry WHERE 0 = ? AND position >= ? AND position < ?"
                        + " ORDER BY position"
                : "SELECT position, hash FROM ledger_node WHERE level = ? AND position >= ? AND position < ?"
                        + " ORDER BY position";
        List<Node> nodes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, level);
            select.setLong(2, from);
            select.setLong(3, end);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nodes.add(new Node(rows.getLong(1), LedgerTables.bytesIn(rows, 2)));
                }
            }
        }
        return nodes;
    }

    static void insertNodes(Connection connection, List<StoredNode> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)")) {
            for (StoredNode node : nodes) {
                insert.setInt(1, node.level());
                insert.setLong(2, node.position());
                insert.setBytes(3, node.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** How many leaves a node of this level stands for. */
    static long span(int level) {
        return 1L << (TilePath.HEIGHT * level);
    }
}
