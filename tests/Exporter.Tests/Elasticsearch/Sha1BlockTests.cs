using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class Sha1BlockTests
{
    [Fact]
    [SuppressMessage("Security", "CA5350", Justification = "It is what the test compares with.")]
    public void The_hash_of_one_block_is_that_of_the_base_class_library()
    {
        Random random = new(1);
        byte[] hash = new byte[Sha1Block.HashLength];
        for (int i = 0; i < 5_000; i++)
        {
            byte[] message = new byte[i % 56];
            random.NextBytes(message);
            Sha1Block.Hash(message, hash);
            Assert.Equal(SHA1.HashData(message), hash);
        }
    }

    [Fact]
    public void More_than_one_block_is_refused() => Assert.ThrowsAny<ArgumentException>(() => Sha1Block.Hash(new byte[56], new byte[Sha1Block.HashLength]));
}
