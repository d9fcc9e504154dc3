import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** Lucene with kuromoji, for bench.py.
 * usage: Lucene index TABLE FOLDER THREADS | Lucene search FOLDER QUERIES and|or
 * TABLE: id, title, text; titles weigh double in a search. Searching prints mean and p99 in ms, after one run to warm up. */
public class Lucene {
    static Document document(String line) {
        String[] cells = line.split("\t", 3);
        Document d = new Document();
        d.add(new StringField("id", cells[0], Field.Store.YES));
        d.add(new TextField("title", cells[1], Field.Store.YES));
        d.add(new TextField("text", cells[2], Field.Store.YES));
        return d;
    }

    static void index(String table, String folder, int threads) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new JapaneseAnalyzer()).setRAMBufferSizeMB(256);
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(1024);
        String end = new String("end");
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(folder)), config)) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++)
                done.add(pool.submit(() -> {
                    for (String line; (line = lines.take()) != end;)
                        writer.addDocument(document(line));
                    return null;
                }));
            try (var reader = Files.newBufferedReader(Paths.get(table), StandardCharsets.UTF_8)) {
                for (String line; (line = reader.readLine()) != null;)
                    lines.put(line);
            }
            for (int i = 0; i < threads; i++)
                lines.put(end);
            for (Future<?> f : done)
                f.get();
            pool.shutdown();
        }
    }

    static Query parse(QueryBuilder builder, String text, BooleanClause.Occur words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : text.split("\\s+")) {
            BooleanQuery.Builder either = new BooleanQuery.Builder();
            for (String field : new String[] {"title", "text"}) {
                Query query = builder.createBooleanQuery(field, word, words);
                if (query != null)
                    either.add(new BoostQuery(query, field.equals("title") ? 2 : 1), BooleanClause.Occur.SHOULD);
            }
            all.add(either.build(), words);
        }
        return all.build();
    }

    static void search(String folder, String queries, BooleanClause.Occur words) throws Exception {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Paths.get(folder))));
        QueryBuilder builder = new QueryBuilder(new JapaneseAnalyzer());
        List<Double> times = new ArrayList<>();
        List<String> lines = Files.readAllLines(Paths.get(queries), StandardCharsets.UTF_8);
        for (int round = 0; round < 2; round++) {
            times.clear();
            for (String line : lines) {
                long start = System.nanoTime();
                for (ScoreDoc hit : searcher.search(parse(builder, line.split("\t")[1], words), 10).scoreDocs)
                    searcher.doc(hit.doc).get("id");
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        Collections.sort(times);
        System.err.printf("mean %.3f p99 %.3f%n", times.stream().mapToDouble(t -> t).average().orElse(0),
                          times.get(times.size() * 99 / 100));
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("index"))
            index(args[1], args[2], Integer.parseInt(args[3]));
        else
            search(args[1], args[2], args[3].equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD);
    }
}
