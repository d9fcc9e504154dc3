/* Lucene with kuromoji as a peer of make relevance: builds an index, answers queries as a TREC run.
 *
 * usage: LucenePeer INDEX DOCS QUERIES RUN
 * DOCS: id, title, text. QUERIES: name, text. INDEX is made where it is not there. Any of a query's words
 * counts, the title twice; the best 100 records. Prints the mean time of a query in ms, of a second pass. */
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

public final class LucenePeer {
    private static final int DEPTH = 100;
    private static final float TITLE = 2;

    private LucenePeer() {}

    private static void build(Directory folder, Path docs) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new JapaneseAnalyzer());
        config.setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(folder, config);
                BufferedReader lines = Files.newBufferedReader(docs, StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null;) {
                String[] cells = line.split("\t", 3);
                Document record = new Document();
                record.add(new StringField("id", cells[0], Field.Store.YES));
                record.add(new TextField("title", cells[1], Field.Store.NO));
                record.add(new TextField("text", cells[2], Field.Store.NO));
                writer.addDocument(record);
            }
            writer.forceMerge(1);
        }
    }

    private static Query parse(Analyzer analyzer, String text) throws IOException {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                any.add(new TermQuery(new Term("text", word.toString())), Occur.SHOULD);
                any.add(new BoostQuery(new TermQuery(new Term("title", word.toString())), TITLE), Occur.SHOULD);
            }
            tokens.end();
        }
        return any.build();
    }

    /* Returns the mean time in ms. */
    private static double answer(IndexSearcher searcher, List<String> queries, Path run) throws IOException {
        Analyzer analyzer = new JapaneseAnalyzer();
        long spent = 0;
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(run, StandardCharsets.UTF_8))) {
            for (String line : queries) {
                String[] query = line.split("\t", 2);
                long start = System.nanoTime();
                ScoreDoc[] hits = searcher.search(parse(analyzer, query[1]), DEPTH).scoreDocs;
                spent += System.nanoTime() - start;
                for (int i = 0; i < hits.length; i++) {
                    String id = searcher.doc(hits[i].doc).get("id");
                    out.println(query[0] + " Q0 " + id + " " + (i + 1) + " " + hits[i].score + " lucene");
                }
            }
        }
        return spent / 1e6 / queries.size();
    }

    public static void main(String[] args) throws IOException {
        BooleanQuery.setMaxClauseCount(1 << 16);
        Path run = Paths.get(args[3]);
        try (Directory folder = FSDirectory.open(Paths.get(args[0]))) {
            if (!DirectoryReader.indexExists(folder)) {
                build(folder, Paths.get(args[1]));
            }
            List<String> queries = new ArrayList<>(Files.readAllLines(Paths.get(args[2]), StandardCharsets.UTF_8));
            queries.removeIf(line -> line.indexOf('\t') < 0);
            try (DirectoryReader reader = DirectoryReader.open(folder)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                answer(searcher, queries, run);
                System.out.printf("%.3f%n", answer(searcher, queries, run));
            }
        }
    }
}
